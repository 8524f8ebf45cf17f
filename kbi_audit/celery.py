"""Background jobs and their clock. A job loads, calls, is done; a lost one is harmless, the next one catches up."""

from __future__ import annotations

import os

from celery import Celery
from celery.schedules import crontab
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbi_audit.settings.development")

app = Celery("kbi_audit")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_default_queue="default",
    task_queues=[Queue("default"), Queue("followers"), Queue("sealing"), Queue("detection")],
    task_routes={
        "compliance.tasks.follow": {"queue": "followers"},
        "compliance.tasks.follow_use": {"queue": "followers"},
        "compliance.tasks.seal": {"queue": "sealing"},
        "compliance.tasks.follow_detection": {"queue": "followers"},
        "compliance.tasks.detect": {"queue": "detection"},
        "compliance.tasks.detect_again": {"queue": "detection"},
        "compliance.tasks.try_changes": {"queue": "detection"},
    },
    task_acks_late=True,  # a killed worker's job is done again
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_soft_time_limit=25 * 60,
    task_time_limit=30 * 60,
    broker_transport_options={"visibility_timeout": 60 * 60},  # longer than any job, or it would run twice
    broker_connection_retry_on_startup=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    timezone="Europe/Brussels",
    beat_schedule={
        # One that waited longer than the next comes would only repeat it.
        "follow": {"task": "compliance.tasks.follow", "schedule": 5.0, "options": {"expires": 5}},
        "follow_use": {"task": "compliance.tasks.follow_use", "schedule": 30.0, "options": {"expires": 30}},
        "follow_detection": {
            "task": "compliance.tasks.follow_detection",
            "schedule": 30.0,
            "options": {"expires": 30},
        },
        # Just after the hour that it is about; a worker that was away finds all that is due at the next.
        "detect": {
            "task": "compliance.tasks.detect",
            "schedule": crontab(minute="4"),
            "options": {"expires": 55 * 60},
        },
        "detect_again": {"task": "compliance.tasks.detect_again", "schedule": crontab(hour="2", minute="30")},
        # Steps in for the sealer process at once when that is gone; else it finds that there is nothing to do.
        "seal": {"task": "compliance.tasks.seal", "schedule": 1.0, "options": {"expires": 1}},
        "stamp": {"task": "compliance.tasks.stamp", "schedule": 30.0, "options": {"expires": 30}},
        "write_tiles": {"task": "compliance.tasks.write_tiles", "schedule": 15.0, "options": {"expires": 15}},
        "send_mails": {"task": "compliance.tasks.send_mails", "schedule": 30.0, "options": {"expires": 30}},
        # Slices of half a minute, one after the other: the whole ledger comes round again and again.
        "verify_slice": {"task": "compliance.tasks.verify_slice", "schedule": 120.0, "options": {"expires": 120}},
        "destroy_expired": {"task": "compliance.tasks.destroy_expired", "schedule": crontab(hour="3", minute="15")},
        "move_requests": {"task": "compliance.tasks.move_requests", "schedule": crontab(minute="5")},
        "raise_cases": {"task": "compliance.tasks.raise_cases", "schedule": 60.0, "options": {"expires": 60}},
        "remind_of_breaches": {"task": "compliance.tasks.remind_of_breaches", "schedule": crontab(minute="*/10")},
        "send_webhooks": {"task": "compliance.tasks.send_webhooks", "schedule": 30.0, "options": {"expires": 30}},
        "send_digests": {"task": "compliance.tasks.send_digests", "schedule": crontab(minute="*/5")},
        "remind": {"task": "compliance.tasks.remind", "schedule": crontab(minute="10")},
        "sample": {"task": "compliance.tasks.sample", "schedule": crontab(minute="20")},
        "try_changes": {"task": "compliance.tasks.try_changes", "schedule": 60.0, "options": {"expires": 60}},
        "forget_runs": {"task": "compliance.tasks.forget_runs", "schedule": crontab(hour="2", minute="45")},
        "make_partitions": {"task": "compliance.tasks.make_partitions", "schedule": crontab(hour="2", minute="15")},
    },
)
app.autodiscover_tasks()
