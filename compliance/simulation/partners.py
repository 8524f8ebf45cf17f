"""The five partners of the published answer, as invented as their figures are real."""

from __future__ import annotations

from datetime import date

from compliance.simulation.profile import EVERY_MONTH, Desk, Feed, Profile, Window

_AFTER_OFFICE_DAYS = (0.25, 1.0, 1.0, 1.05, 1.0, 0.95, 0.2)

OCMW_GENT = Profile(
    partner="OCMW-GENT",
    reference="OCMWG",
    by_hand=(0.93,) * EVERY_MONTH,
    desk=Desk(
        staff=140,
        at_least=9,
        application="Sociaal dossier",
        groups=(
            "maatschappelijk werker",
            "maatschappelijk werker",
            "maatschappelijk werker",
            "trajectbegeleider",
            "onthaal",
        ),
        user_kind="insz",
        closes=17.0,
        beyond_cover=0.006,
    ),
    feed=Feed(
        application="Sociaal dossier nachtrun",
        processor="LEVERANCIER-A",
        windows=(Window(begins=4.0, hours=1.2, share=1.0),),
        weekdays=_AFTER_OFFICE_DAYS,
    ),
    known=(0.05, 0.05),
    ending_weights={"no-data": 0.11, "failed": 0.008, "unanswered": 0.003, "refused": 0.006},
    traced=True,
    digested=True,
)

VMSW = Profile(
    partner="VMSW",
    reference="VMSW",
    by_hand=(0.12, 0.12, 0.13, 0.2, 0.28, 0.25, 0.24, 0.24, 0.28, 0.28, 0.32, 0.2),
    desk=Desk(
        staff=420,
        at_least=14,
        application="Huurdersdossier",
        groups=("huurconsulent", "huurconsulent", "toewijzer"),
        user_kind="local",
        opens=8.5,
        closes=16.5,
    ),
    feed=Feed(
        application="Toetsing taalkennis",
        windows=(Window(begins=1.5, hours=3.0, share=0.85), Window(begins=12.0, hours=0.8, share=0.15)),
        weekdays=_AFTER_OFFICE_DAYS,
        start_of_month=6.0,
    ),
    known=(0.45, 0.3),
    ending_weights={"no-data": 0.31, "failed": 0.006, "unanswered": 0.003, "refused": 0.002},
)

VDAB = Profile(
    partner="VDAB",
    reference="VDAB",
    by_hand=(0.08, 0.1, 0.3, 0.04, 0.09, 0.06, 0.15, 0.14, 0.16, 0.32, 0.35, 0.06),
    desk=Desk(
        staff=310,
        at_least=10,
        application="Mijn Loopbaan voor Partners",
        groups=("bemiddelaar", "bemiddelaar", "bemiddelaar", "NT2-consulent"),
        user_kind="insz",
        opens=8.0,
        closes=17.0,
        beyond_cover=0.02,
    ),
    feed=Feed(
        application="Cliëntvolgsysteem",
        windows=(Window(begins=2.0, hours=2.5, share=0.7), Window(begins=7.5, hours=11.0, share=0.3, run=False)),
        weekdays=_AFTER_OFFICE_DAYS,
    ),
    known=(0.1, 0.35),
    ending_weights={"no-data": 0.07, "failed": 0.012, "unanswered": 0.01, "refused": 0.002},
    traced=True,
)

CVO_CBE = Profile(
    partner="CVO-CBE",
    reference="NT2",
    by_hand=(0.22, 0.19, 0.14, 0.12, 0.14, 0.12, 0.04, 0.15, 0.3, 0.2, 0.15, 0.11),
    desk=Desk(
        staff=1_500,
        at_least=30,
        application="Cursistenadministratie",
        groups=("inschrijvingsbalie", "inschrijvingsbalie", "NT2-leerkracht", "leertrajectbegeleider"),
        user_kind="local",
        weekdays=(1.1, 1.1, 0.9, 1.1, 0.75, 0.12, 0.0),
        opens=8.5,
        closes=16.5,
        evening_share=0.35,
    ),
    feed=Feed(
        application="Cursistenadministratie synchronisatie",
        windows=(
            Window(begins=0.5, hours=5.0, share=0.6),
            Window(begins=6.5, hours=2.0, share=0.1),
            Window(begins=8.5, hours=12.5, share=0.3, run=False),
        ),
        weekdays=_AFTER_OFFICE_DAYS,
        seasons=(
            (date(2016, 1, 1), date(2016, 1, 4), 0.3),
            (date(2016, 2, 8), date(2016, 2, 15), 0.6),
            (date(2016, 3, 28), date(2016, 4, 11), 0.6),
            (date(2016, 7, 9), date(2016, 8, 16), 0.3),
            (date(2016, 8, 22), date(2016, 9, 24), 1.5),
            (date(2016, 10, 31), date(2016, 11, 7), 0.6),
            (date(2016, 12, 24), date(2017, 1, 1), 0.3),
        ),
    ),
    known=(0.0, 0.75),
    ending_weights={"no-data": 0.05, "failed": 0.004, "unanswered": 0.002, "refused": 0.001},
)

AHOVOKS = Profile(
    partner="AHOVOKS",
    reference="AHOVOKS",
    by_hand=(0.02,) * EVERY_MONTH,
    desk=Desk(
        staff=45,
        at_least=5,
        application="LED beheer",
        groups=("dossierbeheerder", "dossierbeheerder", "kwaliteitsmedewerker"),
        user_kind="local",
        opens=7.5,
        closes=17.0,
    ),
    feed=Feed(
        application="LED",
        windows=(Window(begins=22.0, hours=1.8, share=0.25), Window(begins=0.2, hours=5.5, share=0.75)),
        weekdays=(0.8, 1.0, 1.0, 1.0, 1.0, 0.6, 1.9),
        seasons=((date(2016, 1, 18), date(2016, 2, 6), 1.6), (date(2016, 6, 13), date(2016, 7, 2), 1.7)),
    ),
    known=(0.2, 0.7),
    ending_weights={"no-data": 0.03, "failed": 0.003, "unanswered": 0.001, "refused": 0.0005},
)

PARTNERS = (OCMW_GENT, VMSW, VDAB, CVO_CBE, AHOVOKS)
