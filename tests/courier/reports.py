"""The mails that mail servers send back, each as its kind of server writes it."""

from email.message import EmailMessage

READER = "amina@example.org"


def report(to: str, action: str, status: str, *, kind: str = "delivery-status", envelope_id: str = "") -> bytes:
    """Return a report of delivery (RFC 3464), with the head of our mail as servers give it back."""
    return f"""From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="parts"

--parts
Content-Type: text/plain

This is the mail system. I'm sorry about <{READER}>.

--parts
Content-Type: message/{kind}

{f"Original-Envelope-Id: {envelope_id}" if envelope_id else "Arrival-Date: Sun, 22 Nov 2026 14:50:00 +0000"}
Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {READER}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{READER}>: unknown

--parts
Content-Type: text/rfc822-headers

To: {READER}
Subject: Your private link
Action: failed

--parts--
""".encode()


def plain(to: str, text: str, sender: str = "MAILER-DAEMON@mx.example.org", **headers: str) -> bytes:
    """Return a mail in words alone."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, to
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def read_receipt(to: str) -> bytes:
    """Return a note that a person's program has shown a mail (RFC 8098), which nobody asked for."""
    return f"""From: {READER}
To: {to}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="parts"

--parts
Content-Type: text/plain

It was shown.

--parts
Content-Type: message/disposition-notification

Final-Recipient: rfc822; {READER}
Disposition: manual-action/MDN-sent-manually; displayed

--parts--
""".encode()


QMAIL = f"""Hi. This is the qmail-send program at mx.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{READER}>:
192.0.2.7 does not like recipient.
Remote host said: 550 5.1.1 unknown

--- Below this line is a copy of the message.

Received: from portal (10.4.2.1) by mx.example.org
"""
DOMINO = f"""Your message could not be delivered to {READER}.
User not listed in public Name & Address Book. Seen by 10.5.1.2 and by version 4.87.
"""
EXIM_WARNING = f"""This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to {READER} after more than 24 hours.
No action is required on your part. Host said: 451 4.7.1 greylisted, please try again.
"""
