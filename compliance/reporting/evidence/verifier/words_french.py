"""What the verifier says, in French. Pure."""

from __future__ import annotations

FRENCH = {
    "verdict-proven": "Tout ce qui pouvait être vérifié est exact, avec vos propres clés.",
    "verdict-failed": "Ce fichier n'est PAS exact : au moins une vérification a échoué.",
    "verdict-unproven": (
        "Rien n'a échoué, mais L'AUTEUR n'est PAS prouvé : les clés viennent du fichier même. Donnez votre "
        "propre --policy."
    ),
    "not-reached": "Non vérifié, car une vérification précédente a échoué.",
    "bag-unreadable": "Ceci n'est pas un dossier lisible : {why}",
    "bag-form": "{file} n'a pas la forme exigée par BagIt.",
    "bag-missing": "{file} figure sur la liste mais manque.",
    "bag-besides": "{file} est présent mais ne figure pas sur la liste.",
    "bag-digest": "{file} a été modifié : son empreinte n'est pas celle de la liste.",
    "bag-size": "La taille dans {file} n'est pas celle des fichiers.",
    "bag-whole": "Les {count} fichiers sont présents, inchangés depuis l'établissement de la liste.",
    "declaration-unreadable": "La déclaration est illisible ({why}).",
    "declaration-files": "La déclaration mentionne d'autres points de contrôle ou horodatages que ceux présents.",
    "declaration-read": "La déclaration est lisible ; le dossier a été établi pour {recipient}.",
    "policy-unreadable": "La politique de clés est illisible : {why}",
    "checkpoint-unsigned": "Le point de contrôle n'est pas signé par une clé de la politique : {why}",
    "checkpoint-other": "Le point de contrôle est un autre que celui de la déclaration.",
    "checkpoint-signed": (
        "Le registre {origin} a signé son état de {size} inscriptions, avec une clé de votre politique."
    ),
    "checkpoint-own-keys": (
        "L'état de {size} inscriptions de {origin} est signé, mais par une clé du dossier même : le "
        "signataire n'est PAS prouvé."
    ),
    "witnesses-unread": "Sans point de contrôle valable, les témoins ne disent rien.",
    "witnesses-short": "Trop peu de témoins : {found} sur {count} ({names}).",
    "witnesses-none": "La politique ne demande pas de témoins : un registre réécrit ne serait pas remarqué.",
    "witnesses-enough": "Confirmé par {found} témoins sur {count} ({names}), au plus tard le {moment}.",
    "witnesses-own-keys": (
        "{found} témoins sur {count} ({names}) ont confirmé le {moment}, mais leurs clés viennent du dossier "
        ": NON prouvé."
    ),
    "tokens-absent": "Il n'y a pas d'horodatages d'une autorité.",
    "tokens-broken": "L'horodatage {file} ne prouve rien : {why}",
    "tokens-unchecked": (
        "Il y a {count} horodatages ; donnez --authorities pour voir si une autorité de confiance les a apposés."
    ),
    "tokens-hold": "{count} horodatages proviennent d'une autorité de confiance ; le dernier est du {moment}.",
    "authorities-unreadable": "Les certificats des autorités sont illisibles.",
    "consistency-absent": "Il n'y a pas de point de contrôle antérieur pour comparer.",
    "consistency-others": "{count} points de contrôle antérieurs sont un début de ce registre.",
    "other-unsigned": "Le point de contrôle antérieur de {size} n'est pas valablement signé.",
    "other-not-prefix": (
        "Le point de contrôle de {size} n'est PAS un début de ce registre : l'histoire a été réécrite, ou la "
        "preuve manque."
    ),
    "held-unreadable": "Votre propre point de contrôle est illisible, ou n'est pas de ce registre.",
    "held-no-proof": (
        "Le dossier n'a pas de preuve depuis votre point de contrôle de {size} ; demandez-en une avec "
        "--held-size {size}."
    ),
    "held-contradicts": "Votre point de contrôle de {size} CONTREDIT ce registre : l'histoire a été réécrite.",
    "held-prefix": "Ce que vous aviez conservé ({size} inscriptions) est le début inchangé de ce registre ({head}).",
    "tiles-root": "Les tuiles ne mènent pas à la racine signée.",
    "tiles-missing": "La tuile {tile} manque ou a une autre longueur.",
    "tiles-unknown": "{tile} n'est pas une tuile de ce registre.",
    "tiles-broken": "La tuile {tile} n'appartient pas à la racine signée.",
    "tiles-lead": "Les {count} tuiles mènent à la racine signée.",
    "tile-missing": "La tuile de l'inscription {index} manque.",
    "entries-absent": (
        "Le dossier ne contient que les enregistrements trouvés, pas toutes les inscriptions d'une série."
    ),
    "entries-missing": "Des inscriptions manquent à partir de {index}.",
    "entries-count": "Il y a {found} inscriptions au lieu de {count}.",
    "entry-changed": "L'inscription {index} a été modifiée : son contenu n'a pas l'empreinte scellée.",
    "entries-all": "Les {count} inscriptions de {first} à {end} sont présentes, telles que scellées.",
    "record-unreadable": "Une ligne après l'enregistrement {index} est illisible.",
    "record-disorder": "L'enregistrement {index} n'est pas à sa place.",
    "record-other-leaf": "L'enregistrement {index} n'est pas ce qui a été scellé à cette place.",
    "record-outside": "L'enregistrement {index} est hors de la série.",
    "record-omitted": "L'inscription {index} répond au filtre mais a été OMISE des enregistrements.",
    "record-not-selected": "L'enregistrement {index} ne répond pas au filtre déclaré.",
    "inclusion-all": "Les {count} enregistrements figurent dans le registre, à leur place.",
    "inclusion-one": "L'enregistrement figure dans le registre, à la place {index}.",
    "proof-unreadable": "La preuve {file} est illisible.",
    "proof-broken": "La preuve {file} ne mène pas à la racine signée.",
    "leaf-unreadable": "L'inscription {index} est illisible.",
    "leaf-of-another-log": "L'inscription {index} provient d'un autre registre.",
    "origin-all": "Chaque inscription désigne {origin} comme son registre.",
    "filter-count": "Il y a {found} enregistrements ; {count} étaient déclarés.",
    "filter-hits": "Les {count} enregistrements répondent tous au filtre déclaré.",
    "filter-range": (
        "Le filtre, appliqué de nouveau à {leaves} inscriptions, choisit exactement ces {count} enregistrements."
    ),
    "disclosure-of-another": "Ce qui est révélé de l'enregistrement {index} ne lui appartient pas.",
    "disclosures-uneven": "Pour l'enregistrement {index}, il n'est pas dit de chaque donnée si elle est révélée.",
    "opening-missing": "Une donnée de l'enregistrement {index} a DISPARU sans qu'un effacement l'explique.",
    "disclosures-count": "Il y a {found} révélations ; {count} étaient déclarées.",
    "disclosures-absent": "Aucune identité n'est révélée.",
    "disclosures-all": "Les {count} données révélées sont exactement celles fixées à l'enregistrement.",
    "csv-differs": "Le tableau diffère des enregistrements à {index}.",
    "csv-heads": "Le tableau a d'autres colonnes que prévu.",
    "csv-besides": "Le tableau a plus de lignes que d'enregistrements.",
    "csv-same": "Le tableau dit la même chose que les {count} enregistrements.",
    "erasures-count": "Il y a {found} effacements ; {count} étaient déclarés.",
    "erasure-unreadable": "Un effacement est illisible.",
    "erasure-not-in-log": "L'effacement à la place {index} ne figure pas dans le registre.",
    "erased-without-entry": (
        "Une donnée de l'enregistrement {index} est dite effacée, mais aucun effacement du registre ne le dit."
    ),
    "erased-but-disclosed": "Une donnée effacée de l'enregistrement {index} est révélée : elle est REVENUE.",
    "erasures-stand": "{count} effacements figurent dans le registre.",
    "erasures-absent": "Aucun effacement ne concerne ces enregistrements, selon l'auteur.",
    "leaf-after-checkpoint": (
        "L'inscription {index} aurait été reçue après la confirmation d'un point de contrôle qui la contient."
    ),
    "leaf-back-dated": (
        "L'inscription {index} est ANTIDATÉE, ou scellée plus tard que promis : un point de contrôle confirmé "
        "après ne la contient pas."
    ),
    "times-bounded": "Les dates de réception concordent avec {count} points de contrôle confirmés.",
    "times-unbounded": "Aucun témoin ni autorité ne borne les dates : un antidatage n'est pas exclu.",
    "complete-log": "Complet : les {size} inscriptions du registre jusqu'au point de contrôle ont été examinées.",
    "complete-period": (
        "Complet pour la période : rien hors des inscriptions {first} à {end} ne peut répondre au filtre."
    ),
    "complete-range": (
        "Complet pour les inscriptions {first} à {end}, non prouvé au-delà : un échange signalé plus tôt ou "
        "plus tard n'est pas exclu."
    ),
    "complete-hits": (
        "L'exhaustivité n'est PAS prouvée : le dossier ne contient que les enregistrements trouvés, et une "
        "omission ne se voit pas."
    ),
    "complete-broken": "L'exhaustivité n'est pas prouvée, car d'autres vérifications ont échoué.",
    "expired": "Ce dossier a expiré le {moment} ; demandez-en un nouveau.",
    "not-expired": "Ce dossier est valable jusqu'au {moment}.",
    "result-passed": "prouvé",
    "result-failed": "ÉCHEC",
    "result-unproven": "non prouvé",
    "result-absent": "absent",
}
