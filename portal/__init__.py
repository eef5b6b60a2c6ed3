"""A portal for families about the review of a child's death, and the house it lives in.

app.py         create_app(settings): everything is joined here, once
commands.py    python -m portal ...: run, demo, deliver, check
content_commands.py  python -m portal content ...: export, import, po-out, po-in
settings.py    one frozen model of every setting
clock.py       now(): the only clock
languages.py   languages, their direction and their own names
db.py          the base of every model, sessions that read and sessions that write
sealing.py     people's words and names, encrypted at rest with a key for each person
access.py      who may do what, on one screen
door.py        the only way to give a view a URL
words.py       the words of the interface in the reader's language
forms.py       forms and shared fields
headers.py     the headers of every answer
page.py        a page is a dataclass that names its template
paper.py       a PDF from HTML, made in a process of its own
copying/       one person's copy: what belongs in it, gathered, packed
library/       the translated pages: article, markdown, freshness, panels
workshop/      texts on their way to readers: versions, a second person, files, agencies
review/        what is true of a child death review; knows nothing of the web
public/        door: anyone
family/        door: an invited family member
keyworker/     door: key worker
panel/         door: coordinator, chair, panel member, editor, translator, administrator
signin/        how staff sign in
courier/       sends what waits
demo/          two invented families and the people around them
serving/       the web server and its ready pages
migrations/    Alembic
"""
