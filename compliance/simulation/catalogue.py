"""What each partner asks, within its authorisation, and how it sometimes strays outside.

The codes are those of the register's fixture (compliance/registry/fixture). ``QUESTIONS`` are covered
on every day on which they are asked; each of ``STRAYS`` is outside in one recognisable way.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from compliance.simulation.question import Question, stray

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.simulation.acts import Trigger

_BY_HAND: Final[frozenset[Trigger]] = frozenset({"manual"})
_AUTOMATIC: Final[frozenset[Trigger]] = frozenset({"automatic"})
_STATUS = ("IDENTIFICATION", "INTEGRATION-STATUS")
_DOSSIER = (*_STATUS, "CONTACT", "CONTRACT", "TRAJECTORY", "COUNSELLOR")
_TESTS = (*_STATUS, "NT2-LEVEL", "NT2-TEST")
_ATTEST = (*_STATUS, "ATTESTATION")
_VDAB_EXTENDED = date(2016, 4, 1)
_DECREE_OF_2013_APPLIES = date(2016, 2, 29)

_GENT_DOSSIER = Question(
    service="KBI-DOSSIER",
    version="2.0",
    purpose="SOCIAL-SERVICE",
    legal_basis="OCMW-1976-ART-57",
    categories=(*_DOSSIER, "OBLIGATION", "ORIENTATION"),
    weight=5,
    response_bytes=7_800,
    authorisation="VTC-VB-2015-01",
)
_GENT_OLD_DOSSIER = Question(
    service="KBI-DOSSIER",
    version="1.0",
    purpose="SOCIAL-SERVICE",
    legal_basis="OCMW-1976-ART-57",
    categories=_DOSSIER,
    weight=4,
    response_bytes=6_100,
    authorisation="VTC-VB-2015-01",
    until=date(2016, 9, 12),
)
_GENT_TESTS = Question(
    service="KBI-NT2-TEST",
    version="1.0",
    purpose="SOCIAL-INTEGRATION",
    legal_basis="RMI-2002-ART-11",
    categories=_TESTS,
    triggers=_BY_HAND,
    weight=2,
    authorisation="VTC-VB-2015-01",
)
_GENT_ATTEST = Question(
    service="KBI-ATTEST",
    version="1.0",
    purpose="SOCIAL-INTEGRATION",
    legal_basis="RMI-2002-ART-11",
    categories=_ATTEST,
    weight=2,
    records=2,
    authorisation="VTC-VB-2015-01",
)
_VMSW_STATUS = Question(
    service="KBI-STATUUT",
    version="1.0",
    purpose="HOUSING-CONDITION",
    legal_basis="WOON-1997",
    categories=(*_STATUS, "OBLIGATION", "NT2-LEVEL", "ATTESTATION"),
    triggers=_AUTOMATIC,
    weight=9,
    search_keys=("list",),
    response_bytes=1_500,
)
_VMSW_MEDICAL = Question(
    service="KBI-STATUUT",
    version="1.0",
    purpose="HOUSING-CONDITION",
    legal_basis="INB-2013-HEALTH",
    categories=(*_STATUS, "MEDICAL-EXEMPTION"),
    triggers=_AUTOMATIC,
    weight=1,
    response_bytes=1_100,
)
_VMSW_DESK = Question(
    service="KBI-LOKET",
    version="1.0",
    purpose="HOUSING-CONDITION",
    legal_basis="WOON-1997",
    categories=(*_STATUS, "NT2-LEVEL", "ATTESTATION"),
    triggers=_BY_HAND,
    weight=4,
    search_keys=("insz",),
)
_VMSW_HOUSEHOLD = Question(
    service="KBI-LOKET",
    version="1.0",
    purpose="HOUSING-CONDITION",
    legal_basis="WOON-1997",
    categories=(*_STATUS, "NT2-LEVEL", "ATTESTATION"),
    triggers=_BY_HAND,
    weight=1,
    search_keys=("name-birth-date",),
    records=2,
    household=True,
)
_VDAB_OLD_DOSSIER = Question(
    service="KBI-DOSSIER",
    version="1.0",
    purpose="JOB-MEDIATION",
    legal_basis="VDAB-2004",
    categories=_DOSSIER,
    weight=6,
    search_keys=("insz",),
    response_bytes=6_100,
    authorisation="VTC-VB-2014-01",
    until=date(2016, 5, 17),
)
_VDAB_DOSSIER = Question(
    service="KBI-DOSSIER",
    version="2.0",
    purpose="JOB-MEDIATION",
    legal_basis="VDAB-2004",
    categories=(*_DOSSIER, "OBLIGATION", "ORIENTATION"),
    weight=6,
    response_bytes=7_800,
    authorisation="VTC-VB-2014-01",
    since=_VDAB_EXTENDED,
)
_VDAB_TESTS = Question(
    service="KBI-NT2-TEST",
    version="1.0",
    purpose="JOB-TRAINING",
    legal_basis="VDAB-2004",
    categories=_TESTS,
    weight=3,
    authorisation="VTC-VB-2014-01",
)
_VDAB_TRACK = Question(
    service="KBI-TRAJECT",
    version="1.0",
    purpose="JOB-MEDIATION",
    legal_basis="VDAB-2004",
    categories=(*_STATUS, "TRAJECTORY", "ORIENTATION", "CAREER-GOAL", "COUNSELLOR"),
    triggers=_BY_HAND,
    weight=3,
    response_bytes=4_600,
    authorisation="VTC-VB-2014-01",
    since=_VDAB_EXTENDED,
)
_VDAB_TRIAL = Question(
    service="KBI-TRAJECT",
    version="1.0",
    purpose="JOB-TRAINING",
    legal_basis="VDAB-2004",
    categories=(*_STATUS, "TRAJECTORY", "ORIENTATION", "CAREER-GOAL", "COUNSELLOR"),
    triggers=_BY_HAND,
    weight=0.4,
    route="DIRECT",
    response_bytes=4_600,
    authorisation="VTC-VB-2015-03",
    until=_VDAB_EXTENDED,
)
_CVO_LEARNER = Question(
    service="KBI-CURSIST",
    version="1.0",
    purpose="COURSE-PLACEMENT",
    legal_basis="VWO-2007",
    categories=(*_STATUS, "CONTACT", "NATIONALITY", "NT2-LEVEL", "NT2-TEST", "NT2-COURSE", "COUNSELLOR"),
    weight=5,
    response_bytes=3_900,
)
_CVO_TESTS = Question(
    service="KBI-NT2-TEST",
    version="1.0",
    purpose="COURSE-PLACEMENT",
    legal_basis="VWO-2007",
    categories=_TESTS,
    weight=3,
)
_CVO_NEEDS = Question(
    service="KBI-NT2-TEST",
    version="1.0",
    purpose="COURSE-PLACEMENT",
    legal_basis="VWO-2007-NEEDS",
    categories=(*_TESTS, "LEARNING-NEEDS"),
    triggers=_BY_HAND,
    weight=0.4,
)
_CVO_CHANGES = Question(
    service="KBI-MUTATIE",
    version="1.0",
    purpose="COURSE-FOLLOW-UP",
    legal_basis="VWO-2007",
    categories=(*_STATUS, "CONTACT", "TRAJECTORY", "NT2-COURSE", "ATTESTATION"),
    triggers=_AUTOMATIC,
    weight=7,
    search_keys=("subscription",),
    response_bytes=1_600,
)
_CVO_FEE_2003 = Question(
    service="KBI-ATTEST",
    version="1.0",
    purpose="FEE-EXEMPTION",
    legal_basis="INB-2003",
    categories=_ATTEST,
    weight=2,
    until=_DECREE_OF_2013_APPLIES,
)
_CVO_FEE = stray(_CVO_FEE_2003, legal_basis="INB-BVR-2016", since=_DECREE_OF_2013_APPLIES, until=date.max)
_AHOVOKS_ATTEST = Question(
    service="KBI-ATTEST",
    version="1.0",
    purpose="CERTIFICATION",
    legal_basis="VWO-2007",
    categories=_ATTEST,
    weight=6,
    records=2,
)
_AHOVOKS_TESTS = Question(
    service="KBI-NT2-TEST",
    version="1.0",
    purpose="CERTIFICATION",
    legal_basis="VWO-2007",
    categories=_TESTS,
    weight=4,
)
_AHOVOKS_LEARNER = Question(
    service="KBI-CURSIST",
    version="1.0",
    purpose="COURSE-FOLLOW-UP",
    legal_basis="VWO-2007",
    categories=(*_STATUS, "NT2-LEVEL", "NT2-COURSE"),
    weight=3,
    response_bytes=2_800,
)

QUESTIONS: Mapping[str, tuple[Question, ...]] = {
    "OCMW-GENT": (_GENT_DOSSIER, _GENT_OLD_DOSSIER, _GENT_TESTS, _GENT_ATTEST),
    "VMSW": (_VMSW_STATUS, _VMSW_MEDICAL, _VMSW_DESK, _VMSW_HOUSEHOLD),
    "VDAB": (_VDAB_OLD_DOSSIER, _VDAB_DOSSIER, _VDAB_TESTS, _VDAB_TRACK, _VDAB_TRIAL),
    "CVO-CBE": (_CVO_LEARNER, _CVO_TESTS, _CVO_NEEDS, _CVO_CHANGES, _CVO_FEE_2003, _CVO_FEE),
    "AHOVOKS": (_AHOVOKS_ATTEST, _AHOVOKS_TESTS, _AHOVOKS_LEARNER),
}
STRAYS: Mapping[str, tuple[Question, ...]] = {
    "OCMW-GENT": (
        stray(_GENT_DOSSIER, categories=(*_DOSSIER, "CAREER-GOAL"), weight=3),
        stray(_GENT_ATTEST, purpose="HOUSING-CONDITION", weight=2),
        stray(_GENT_DOSSIER, route="MAGDA-KSZ", weight=1),
    ),
    "VMSW": (
        stray(_VMSW_DESK, categories=(*_STATUS, "NT2-LEVEL", "CONTACT"), weight=2),
        stray(_VMSW_STATUS, purpose="SOCIAL-SERVICE", weight=1),
        stray(_VMSW_STATUS, legal_basis="WOON-2021", weight=1),
    ),
    "VDAB": (
        # The new version of the dossier, before the authorisation was extended to it.
        stray(_VDAB_DOSSIER, since=date(2016, 2, 15), until=_VDAB_EXTENDED, weight=3),
        stray(_VDAB_TESTS, purpose="SOCIAL-INTEGRATION", weight=1),
        # The trial went on over the direct connection after it had been withdrawn.
        stray(_VDAB_TRIAL, since=_VDAB_EXTENDED, until=date(2016, 7, 1), weight=2),
        stray(_VDAB_TRACK, categories=(*_STATUS, "TRAJECTORY", "HOUSEHOLD"), weight=1),
    ),
    "CVO-CBE": (
        # Software that still named the decree of 2003 after it had been replaced.
        stray(_CVO_FEE_2003, since=_DECREE_OF_2013_APPLIES, until=date(2016, 4, 15), weight=4),
        stray(_CVO_LEARNER, categories=(*_CVO_LEARNER.categories, "RESIDENCE"), weight=2),
        stray(_CVO_TESTS, service="KBI-DOSSIER", version="1.0", weight=1),
    ),
    "AHOVOKS": (
        stray(_AHOVOKS_LEARNER, purpose="POLICY-STATISTICS", weight=1),
        stray(_AHOVOKS_ATTEST, service="KBI-MUTATIE", version="1.0", weight=1),
    ),
}
# One long list at once, in June: a partner checks all its candidates in one exchange.
LIST_PARTNER = "VMSW"
LIST_DAY = date(2016, 6, 15)
LIST_LENGTH = 1_000
LIST_QUESTION = stray(_VMSW_STATUS, records=LIST_LENGTH, milliseconds=41_000, response_bytes=LIST_LENGTH * 900)
