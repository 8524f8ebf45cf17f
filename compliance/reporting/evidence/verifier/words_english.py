"""What the verifier says, in English. Pure."""

from __future__ import annotations

ENGLISH = {
    "verdict-proven": "Everything that could be checked holds, by your own keys.",
    "verdict-failed": "This file does NOT hold: at least one check failed.",
    "verdict-unproven": (
        "Nothing failed, but WHO made this is NOT proven: the keys came from the file itself. Give a --policy "
        "of your own."
    ),
    "not-reached": "Not checked, because an earlier check failed.",
    "bag-unreadable": "This is not a bundle that can be read: {why}",
    "bag-form": "{file} has not the form that BagIt demands.",
    "bag-missing": "{file} is listed but missing.",
    "bag-besides": "{file} is there but not listed.",
    "bag-digest": "{file} was changed: its digest is not the listed one.",
    "bag-size": "The size in {file} is not that of the files.",
    "bag-whole": "All {count} files are there, unchanged since the list was made.",
    "declaration-unreadable": "The declaration cannot be read ({why}).",
    "declaration-files": "The declaration names other checkpoints or timestamps than are there.",
    "declaration-read": "The declaration can be read; the bundle was made for {recipient}.",
    "policy-unreadable": "The policy of keys cannot be read: {why}",
    "checkpoint-unsigned": "The checkpoint is not signed by a key of the policy: {why}",
    "checkpoint-other": "The checkpoint is another than the declaration names.",
    "checkpoint-signed": "The log {origin} signed its head of {size} entries, with a key in your policy.",
    "checkpoint-own-keys": (
        "The head of {size} entries of {origin} is signed, but by a key from the bundle itself: who signed is "
        "NOT proven."
    ),
    "witnesses-unread": "Without a valid checkpoint, witnesses say nothing.",
    "witnesses-short": "Too few witnesses: {found} of {count} ({names}).",
    "witnesses-none": "The policy asks for no witnesses: a log rewritten would not be noticed.",
    "witnesses-enough": "Confirmed by {found} of {count} witnesses ({names}), at {moment} at the latest.",
    "witnesses-own-keys": (
        "{found} of {count} witnesses ({names}) confirmed at {moment}, but their keys are from the bundle: NOT proven."
    ),
    "tokens-absent": "There are no timestamps of an authority.",
    "tokens-broken": "The timestamp {file} proves nothing: {why}",
    "tokens-unchecked": (
        "There are {count} timestamps; give --authorities to see whether an authority that you trust set them."
    ),
    "tokens-hold": "{count} timestamps are of an authority that you trust; the last is of {moment}.",
    "authorities-unreadable": "The certificates of the authorities cannot be read.",
    "consistency-absent": "There is no earlier checkpoint to compare with.",
    "consistency-others": "{count} earlier checkpoints are a beginning of this log.",
    "other-unsigned": "The earlier checkpoint of {size} is not validly signed.",
    "other-not-prefix": (
        "The checkpoint of {size} is NOT a beginning of this log: history was rewritten, or the proof is missing."
    ),
    "held-unreadable": "Your own checkpoint cannot be read, or is not of this log.",
    "held-no-proof": "The bundle has no proof from your checkpoint of {size}; ask for one with --held-size {size}.",
    "held-contradicts": "Your own checkpoint of {size} CONTRADICTS this log: history was rewritten.",
    "held-prefix": "What you kept ({size} entries) is the unchanged beginning of this log ({head}).",
    "tiles-root": "The tiles do not lead to the signed root.",
    "tiles-missing": "The tile {tile} is missing, or has another length.",
    "tiles-unknown": "{tile} is no tile of this log.",
    "tiles-broken": "The tile {tile} does not belong to the signed root.",
    "tiles-lead": "All {count} tiles lead to the signed root.",
    "tile-missing": "The tile of entry {index} is missing.",
    "entries-absent": "The bundle has the records found alone, not all entries of a range.",
    "entries-missing": "Entries from {index} on are missing.",
    "entries-count": "There are {found} entries instead of {count}.",
    "entry-changed": "Entry {index} was changed: its bytes do not have the sealed hash.",
    "entries-all": "All {count} entries from {first} to {end} are there, as they were sealed.",
    "record-unreadable": "A line after record {index} cannot be read.",
    "record-disorder": "Record {index} does not stand in order.",
    "record-other-leaf": "Record {index} is not what was sealed at that place.",
    "record-outside": "Record {index} lies outside the range.",
    "record-omitted": "Entry {index} is selected by the filter but was LEFT OUT of the records.",
    "record-not-selected": "Record {index} is not selected by the declared filter.",
    "inclusion-all": "All {count} records stand in the log, at their places.",
    "inclusion-one": "The record stands in the log, at place {index}.",
    "proof-unreadable": "The proof {file} cannot be read.",
    "proof-broken": "The proof {file} does not lead to the signed root.",
    "leaf-unreadable": "Entry {index} cannot be read.",
    "leaf-of-another-log": "Entry {index} is of another log.",
    "origin-all": "Every entry names {origin} as its log.",
    "filter-count": "There are {found} records; {count} were declared.",
    "filter-hits": "The {count} records are all selected by the declared filter.",
    "filter-range": "The filter, run again over {leaves} entries, selects exactly these {count} records.",
    "disclosure-of-another": "What is disclosed of record {index} does not belong to it.",
    "disclosures-uneven": "Not everything committed to in record {index} is either disclosed or said to be withheld.",
    "opening-missing": "A value of record {index} has VANISHED, and no erasure explains it.",
    "disclosures-count": "There are {found} disclosures; {count} were declared.",
    "disclosures-absent": "Nobody's identity is disclosed.",
    "disclosures-all": "The {count} values disclosed are exactly those committed to when they were recorded.",
    "csv-differs": "The table differs from the records at {index}.",
    "csv-heads": "The table has other columns than it must have.",
    "csv-besides": "The table has more lines than there are records.",
    "csv-same": "The table says the same as the {count} records.",
    "erasures-count": "There are {found} erasures; {count} were declared.",
    "erasure-unreadable": "An erasure cannot be read.",
    "erasure-not-in-log": "The erasure at place {index} does not stand in the log.",
    "erased-without-entry": "Something of record {index} is said to be erased, and no erasure in the log says so.",
    "erased-but-disclosed": "Something of record {index} is disclosed that was erased: it has COME BACK.",
    "erasures-stand": "{count} erasures stand in the log.",
    "erasures-absent": "No erasure concerns these records, by the maker's account.",
    "leaf-after-checkpoint": "Entry {index} says it was received after a checkpoint that holds it was confirmed.",
    "leaf-back-dated": (
        "Entry {index} is BACK-DATED, or was sealed later than promised: a checkpoint confirmed later does not hold it."
    ),
    "times-bounded": "The times of receipt fit between {count} confirmed checkpoints.",
    "times-unbounded": "No witness or authority bounds the times: back-dating is not excluded.",
    "complete-log": "Complete: all {size} entries of the log up to the checkpoint were looked at.",
    "complete-period": (
        "Complete for the period: nothing outside entries {first} to {end} can be selected by the filter."
    ),
    "complete-range": (
        "Complete for entries {first} to {end}, not proven beyond: an exchange reported earlier or later is "
        "not excluded."
    ),
    "complete-hits": (
        "Completeness is NOT proven: the bundle has the records found alone, and what was left out does not show."
    ),
    "complete-broken": "Completeness is not proven, because other checks failed.",
    "expired": "This bundle expired on {moment}; ask for a new one.",
    "not-expired": "This bundle is valid until {moment}.",
    "result-passed": "proven",
    "result-failed": "FAILED",
    "result-unproven": "not proven",
    "result-absent": "not there",
}
