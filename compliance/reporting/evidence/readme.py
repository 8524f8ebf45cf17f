"""The README of a bundle, and its statement of completeness, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.reporting.evidence.verifier.declaration import HITS_MODE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_HITS = {
    "nl": "De bundel bevat de {count} gevonden records, elk met bewijs. Dat er geen weggelaten zijn, is niet bewezen.",
    "en": "The bundle has the {count} records found, each with proof. That none was left out is not proven.",
    "fr": "Le dossier contient les {count} enregistrements trouvés, chacun avec preuve. Une omission n'est pas exclue.",
}
_RANGE = {
    "nl": (
        "De bundel bevat alle vermeldingen van het register van {first} tot {end} (het controlepunt telt er {size}); "
        "wie de filter opnieuw toepast, vindt precies deze {count} records. Uitwisselingen die voor of na die reeks "
        "gemeld werden, zijn niet uitgesloten, tenzij de controle zegt dat de periode volledig is."
    ),
    "en": (
        "The bundle has all entries of the log from {first} to {end} (the checkpoint counts {size}); whoever runs the "
        "filter again finds exactly these {count} records. Exchanges reported before or after that range are not "
        "excluded, unless the verifier says that the period is complete."
    ),
    "fr": (
        "Le dossier contient toutes les inscriptions du registre de {first} à {end} (le point de contrôle en compte "
        "{size}) ; en appliquant de nouveau le filtre, on trouve exactement ces {count} enregistrements. Des échanges "
        "signalés avant ou après cette série ne sont pas exclus, sauf si la vérification dit la période complète."
    ),
}
_README = {
    "nl": """Bewijsbundel {id}
Voor: {recipient}. Gemaakt op {made_at}, geldig tot {expires_at}.

{statement}

Wat hier staat
  data/records.csv       de records als tabel
  data/records.ndjson    dezelfde records, letterlijk zoals ze verzegeld zijn, met wat u mag zien
  data/erasures.ndjson   wissingen die deze records betreffen
  data/declaration.json  wat de maker verklaart: filter, aantal, reeks
  data/ledger/           de bewijzen, in de vorm van C2SP (controlepunt, tegels, vermeldingen)

Zelf controleren, zonder onze software en zonder netwerk
  python3 verify.py BUNDEL.zip --policy policy.txt
of open verify.html in een browser en sleep de bundel erin. Haal verify.py of verify.html, en vooral policy.txt (de
sleutels van het register en van de getuigen), elders dan uit deze bundel: wie een bundel vervalst, vervalst die ook.
Bewaarde u een controlepunt van vroeger, geef het dan mee met --held.

De records bevatten persoonsgegevens. Bewaar ze niet langer dan nodig.
""",
    "en": """Evidence bundle {id}
For: {recipient}. Made on {made_at}, valid until {expires_at}.

{statement}

What is here
  data/records.csv       the records as a table
  data/records.ndjson    the same records, verbatim as they were sealed, with what you may see
  data/erasures.ndjson   erasures that concern these records
  data/declaration.json  what the maker declares: filter, count, range
  data/ledger/           the proofs, in the form of C2SP (checkpoint, tiles, entries)

Check it yourself, without our software and without a network
  python3 verify.py BUNDLE.zip --policy policy.txt
or open verify.html in a browser and drop the bundle on it. Get verify.py or verify.html, and above all policy.txt (the
keys of the log and of the witnesses), from somewhere else than this bundle: a forger forges those as well.
If you kept a checkpoint from before, give it with --held.

The records hold personal data. Keep them no longer than needed.
""",
    "fr": """Dossier de preuves {id}
Pour : {recipient}. Établi le {made_at}, valable jusqu'au {expires_at}.

{statement}

Ce qui s'y trouve
  data/records.csv       les enregistrements sous forme de tableau
  data/records.ndjson    les mêmes, mot pour mot tels que scellés, avec ce que vous pouvez voir
  data/erasures.ndjson   les effacements qui concernent ces enregistrements
  data/declaration.json  ce que l'auteur déclare : filtre, nombre, série
  data/ledger/           les preuves, selon C2SP (point de contrôle, tuiles, inscriptions)

Vérifier vous-même, sans notre logiciel et sans réseau
  python3 verify.py DOSSIER.zip --policy policy.txt
ou ouvrez verify.html dans un navigateur et déposez-y le dossier. Obtenez verify.py ou verify.html, et surtout
policy.txt (les clés du registre et des témoins), ailleurs que dans ce dossier : un faussaire les falsifie aussi.
Si vous aviez conservé un point de contrôle, donnez-le avec --held.

Les enregistrements contiennent des données personnelles. Ne les conservez pas plus longtemps que nécessaire.
""",
}


def statement_of(declared: Mapping[str, Any]) -> dict[str, str]:
    """Return the statement of completeness in each language."""
    if declared["mode"] == HITS_MODE:
        return {language: text.format(count=declared["count"]) for language, text in _HITS.items()}
    named = {**declared["range"], "count": declared["count"], "size": declared["checkpoint"]["size"]}
    return {language: text.format(**named) for language, text in _RANGE.items()}


def readme_of(declared: Mapping[str, Any]) -> str:
    """Return the README for the reader of a declaration."""
    language = declared["language"]
    named = {name: declared[name] for name in ("id", "recipient", "made_at", "expires_at")}
    return _README[language].format(statement=declared["statement"][language], **named)
