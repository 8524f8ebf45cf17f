"""Cases as the console reads and asks for them."""
