"""What the verifier says, in Dutch. Pure."""

from __future__ import annotations

DUTCH = {
    "verdict-proven": "Alles wat gecontroleerd kon worden, klopt, met uw eigen sleutels.",
    "verdict-failed": "Dit bestand klopt NIET: minstens één controle faalt.",
    "verdict-unproven": (
        "Niets faalt, maar WIE dit maakte is NIET bewezen: de sleutels kwamen uit het bestand zelf. Geef uw "
        "eigen --policy."
    ),
    "not-reached": "Niet gecontroleerd, omdat een eerdere controle faalt.",
    "bag-unreadable": "Dit is geen leesbare bundel: {why}",
    "bag-form": "{file} heeft niet de vorm die BagIt voorschrijft.",
    "bag-missing": "{file} staat op de lijst maar ontbreekt.",
    "bag-besides": "{file} staat er, maar niet op de lijst.",
    "bag-digest": "{file} werd gewijzigd: de controlesom klopt niet.",
    "bag-size": "De omvang in {file} is niet die van de bestanden.",
    "bag-whole": "Alle {count} bestanden zijn er, ongewijzigd sinds de lijst gemaakt werd.",
    "declaration-unreadable": "De verklaring kan niet gelezen worden ({why}).",
    "declaration-files": "De verklaring noemt andere controlepunten of tijdstempels dan er zijn.",
    "declaration-read": "De verklaring is leesbaar; de bundel is gemaakt voor {recipient}.",
    "policy-unreadable": "Het sleutelbeleid kan niet gelezen worden: {why}",
    "checkpoint-unsigned": "Het controlepunt is niet ondertekend door een sleutel van het beleid: {why}",
    "checkpoint-other": "Het controlepunt is een ander dan de verklaring noemt.",
    "checkpoint-signed": (
        "Het register {origin} ondertekende zijn stand van {size} vermeldingen, met een sleutel uit uw beleid."
    ),
    "checkpoint-own-keys": (
        "De stand van {size} vermeldingen van {origin} is ondertekend, maar met een sleutel uit de bundel "
        "zelf: wie ondertekende is NIET bewezen."
    ),
    "witnesses-unread": "Zonder geldig controlepunt zeggen getuigen niets.",
    "witnesses-short": "Te weinig getuigen: {found} van {count} ({names}).",
    "witnesses-none": "Het beleid vraagt geen getuigen: een herschreven register zou niet opvallen.",
    "witnesses-enough": "Bevestigd door {found} van {count} getuigen ({names}), ten laatste op {moment}.",
    "witnesses-own-keys": (
        "{found} van {count} getuigen ({names}) bevestigden op {moment}, maar hun sleutels komen uit de "
        "bundel: NIET bewezen."
    ),
    "tokens-absent": "Er zijn geen tijdstempels van een autoriteit.",
    "tokens-broken": "De tijdstempel {file} bewijst niets: {why}",
    "tokens-unchecked": (
        "Er zijn {count} tijdstempels; geef --authorities om te zien of een autoriteit die u vertrouwt ze zette."
    ),
    "tokens-hold": "{count} tijdstempels zijn van een autoriteit die u vertrouwt; de laatste is van {moment}.",
    "authorities-unreadable": "De certificaten van de autoriteiten kunnen niet gelezen worden.",
    "consistency-absent": "Er is geen eerder controlepunt om mee te vergelijken.",
    "consistency-others": "{count} eerdere controlepunten zijn een begin van dit register.",
    "other-unsigned": "Het eerdere controlepunt van {size} is niet geldig ondertekend.",
    "other-not-prefix": (
        "Het controlepunt van {size} is GEEN begin van dit register: de geschiedenis werd herschreven, of het "
        "bewijs ontbreekt."
    ),
    "held-unreadable": "Uw eigen controlepunt is niet leesbaar, of niet van dit register.",
    "held-no-proof": (
        "De bundel heeft geen bewijs vanaf uw controlepunt van {size}; vraag er een met --held-size {size}."
    ),
    "held-contradicts": (
        "Uw eigen controlepunt van {size} spreekt dit register TEGEN: de geschiedenis werd herschreven."
    ),
    "held-prefix": "Wat u bewaarde ({size} vermeldingen) is het ongewijzigde begin van dit register ({head}).",
    "tiles-root": "De tegels leiden niet tot de ondertekende wortel.",
    "tiles-missing": "De tegel {tile} ontbreekt of heeft een andere lengte.",
    "tiles-unknown": "{tile} is geen tegel van dit register.",
    "tiles-broken": "De tegel {tile} hoort niet bij de ondertekende wortel.",
    "tiles-lead": "Alle {count} tegels leiden tot de ondertekende wortel.",
    "tile-missing": "De tegel van vermelding {index} ontbreekt.",
    "entries-absent": "De bundel bevat alleen de gevonden records, niet alle vermeldingen van een reeks.",
    "entries-missing": "Vermeldingen vanaf {index} ontbreken.",
    "entries-count": "Er zijn {found} vermeldingen in plaats van {count}.",
    "entry-changed": "Vermelding {index} werd gewijzigd: de inhoud past niet bij de verzegelde hash.",
    "entries-all": "Alle {count} vermeldingen van {first} tot {end} zijn er, zoals ze verzegeld werden.",
    "record-unreadable": "Een regel na record {index} kan niet gelezen worden.",
    "record-disorder": "Record {index} staat niet op zijn plaats.",
    "record-other-leaf": "Record {index} is niet wat op die plaats verzegeld werd.",
    "record-outside": "Record {index} ligt buiten de reeks.",
    "record-omitted": "Vermelding {index} voldoet aan de filter maar werd WEGGELATEN uit de records.",
    "record-not-selected": "Record {index} voldoet niet aan de opgegeven filter.",
    "inclusion-all": "Alle {count} records staan in het register, op hun plaats.",
    "inclusion-one": "Het record staat in het register, op plaats {index}.",
    "proof-unreadable": "Het bewijs {file} kan niet gelezen worden.",
    "proof-broken": "Het bewijs {file} leidt niet tot de ondertekende wortel.",
    "leaf-unreadable": "Vermelding {index} kan niet gelezen worden.",
    "leaf-of-another-log": "Vermelding {index} is van een ander register.",
    "origin-all": "Elke vermelding noemt {origin} als haar register.",
    "filter-count": "Er zijn {found} records; aangegeven waren er {count}.",
    "filter-hits": "De {count} records voldoen alle aan de opgegeven filter.",
    "filter-range": "De filter, opnieuw toegepast op {leaves} vermeldingen, kiest precies deze {count} records.",
    "disclosure-of-another": "Wat bij record {index} onthuld wordt, hoort er niet bij.",
    "disclosures-uneven": "Bij record {index} is niet van elk gegeven gezegd of het onthuld is.",
    "opening-missing": "Bij record {index} is een gegeven VERDWENEN zonder dat een wissing dat verklaart.",
    "disclosures-count": "Er is {found} keer iets onthuld; aangegeven was {count}.",
    "disclosures-absent": "Er worden geen personen onthuld.",
    "disclosures-all": "De {count} onthulde gegevens zijn precies die welke bij het opnemen vastgelegd werden.",
    "csv-differs": "De tabel verschilt van de records bij {index}.",
    "csv-heads": "De tabel heeft andere kolommen dan ze moet hebben.",
    "csv-besides": "De tabel heeft meer regels dan er records zijn.",
    "csv-same": "De tabel zegt hetzelfde als de {count} records.",
    "erasures-count": "Er zijn {found} wissingen; aangegeven waren er {count}.",
    "erasure-unreadable": "Een wissing kan niet gelezen worden.",
    "erasure-not-in-log": "De wissing op plaats {index} staat niet in het register.",
    "erased-without-entry": "Bij record {index} heet iets gewist, maar geen wissing in het register zegt dat.",
    "erased-but-disclosed": "Bij record {index} is iets onthuld dat gewist was: het is TERUGGEKEERD.",
    "erasures-stand": "{count} wissingen staan in het register.",
    "erasures-absent": "Geen wissing betreft deze records, volgens de maker.",
    "leaf-after-checkpoint": (
        "Vermelding {index} zou ontvangen zijn nadat het controlepunt dat haar bevat bevestigd was."
    ),
    "leaf-back-dated": (
        "Vermelding {index} is GEANTEDATEERD, of werd later verzegeld dan beloofd: een later bevestigd "
        "controlepunt bevat haar niet."
    ),
    "times-bounded": "De ontvangsttijden passen tussen {count} bevestigde controlepunten.",
    "times-unbounded": "Geen getuige of autoriteit begrenst de tijden: antedatering is niet uitgesloten.",
    "complete-log": "Volledig: alle {size} vermeldingen van het register tot aan het controlepunt zijn bekeken.",
    "complete-period": (
        "Volledig voor de periode: buiten vermeldingen {first} tot {end} kan niets aan de filter voldoen."
    ),
    "complete-range": (
        "Volledig voor vermeldingen {first} tot {end}, niet bewezen daarbuiten: een uitwisseling die eerder "
        "of later gemeld werd, is niet uitgesloten."
    ),
    "complete-hits": (
        "De volledigheid is NIET bewezen: de bundel bevat alleen de gevonden records, en wat weggelaten is, "
        "valt niet op."
    ),
    "complete-broken": "De volledigheid is niet bewezen, omdat andere controles falen.",
    "expired": "Deze bundel is vervallen op {moment}; vraag een nieuwe.",
    "not-expired": "Deze bundel is geldig tot {moment}.",
    "result-passed": "bewezen",
    "result-failed": "FOUT",
    "result-unproven": "niet bewezen",
    "result-absent": "niet aanwezig",
}
