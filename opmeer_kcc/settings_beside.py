"""What stands beside the site: mail, the telephone exchange, the scanners, and the second place of the backups."""

from opmeer_kcc import env

SMTP = env.smtp("SMTP_URL", "Outgoing mail: smtp+starttls://user:password@host:587; empty: nothing is sent (demo)")
MAIL_FROM = env.mail_address(
    "MAIL_FROM", "servicecentrum@opmeer.example", "Sender of the mail when a mailbox names none"
)
MESSAGE_HOSTS_INSIDE = env.words("MESSAGE_HOSTS_INSIDE", "", "Own hosts (host:port) where services of messages may be")

ASTERISK_QUEUE_LOG = env.text(
    "ASTERISK_QUEUE_LOG", "", "The file queue_log of an Asterisk, read every few seconds; empty: none"
)
ASTERISK_AMI = env.one_address(
    "ASTERISK_AMI",
    ("ami://user:secret@host:5038",),
    "ami://user:secret@host:5038 of an Asterisk, followed by `manage.py asterisk`; empty: none",
)
SCANS_DIR = env.text("SCANS_DIR", "", "Folder that the scanner puts letters in; empty: scans come in by hand only")
CLAMD = env.one_address(
    "CLAMD",
    ("tcp://host:3310", "unix:///run/clamav/clamd.ctl"),
    "Virus scanner: tcp://host:3310 or unix:///run/clamav/clamd.ctl; empty: files are not checked",
)

BACKUP_DIR = env.text("BACKUP_DIR", "", "Folder of the encrypted backups, on another disk or machine; empty: none")
BACKUP_KEYS = env.keys("BACKUP_KEYS", "Keys of the backups (newest first), made as FIELD_KEYS; never kept beside them")
BACKUP_KEEP_DAYS = env.integer(
    "BACKUP_KEEP_DAYS", 14, "Days after which a backup goes; the newest always stays", least=1, most=3650
)
