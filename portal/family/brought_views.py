"""What a person brought: to look at, to listen to, to send, to take back, to let go."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.downloads import hand_out
from portal.family import bring_pages as pages
from portal.family.bring_views import who_sees
from portal.family.door import door, review_here
from portal.family.pages import Waiting
from portal.family.places import url_of
from portal.family.words_pages import ConfirmPage, seen_by
from portal.headers import Freedom, grant
from portal.looking.kinds import Kind
from portal.page import render
from portal.review import brought as becoming
from portal.review import files, sharing
from portal.review.files import BEGUN, FOR_STAFF, File, Keeping
from portal.review.people import FamilyMember
from portal.review.reviews import NotHere
from portal.words import gettext


@door.show("/<lang:lang>/your-space/brought/<reference>", may=May.USE_OWN_SPACE)
def brought(here: Here[FamilyMember], reference: str) -> Response:
    """Show one thing that the person brought, and what can be done with it now."""
    return _brought(here, files.one_of_theirs(here.db, here.caller, reference), pages.BringForm(formdata=None))


def _brought(here: Here[FamilyMember], file: File, form: pages.BringForm, status: int = 200) -> Response:
    _, key_worker = review_here(here)
    unsent = file.state is Keeping.KEPT
    if unsent and status == 200:
        form.what.data = pages.words_of(file)
    if file.kind is Kind.SOUND:
        grant(Freedom.SOUND)

    def url(view: str, when: bool) -> str:
        return url_for(f"family.{view}", reference=file.reference) if when else ""

    page = pages.BroughtPage(
        pages.label_of(file),
        files.shown_name(file),
        "" if unsent else pages.words_of(file),
        pages.standing_of(file, key_worker),
        file.reference,
        file.kept_at,
        form if unsent else None,
        who_sees(key_worker) if unsent else (),
        pages.so_far(file) if file.state is Keeping.ARRIVING else "",
        url("brought_picture", file.shown_size > 0),
        url("brought_file", file.kind is Kind.SOUND),
        url("brought_file", file.kind is not None),
        url("brought_whole", file.state is Keeping.ARRIVING and files.is_whole(file)),
        url("send_brought", unsent),
        url("let_go_page", file.state in BEGUN),
        url("take_brought_back_page", file.state in FOR_STAFF),
        url("bring_brought_back", file.state is Keeping.WITHDRAWN),
        url_for("family.bring_page") if file.state is Keeping.ARRIVING and not file.spoken else "",
        url_for("family.bring_page"),
        url_of(f"show-file-{file.reference}") if sharing.may_be_shown(file) else "",
        url_for("family.sharing_page") if sharing.wished_by(here.db, here.caller, file.id) else "",
    )
    return render(page, status)


@door.show("/<lang:lang>/your-space/brought/<reference>/picture", may=May.USE_OWN_SPACE)
def brought_picture(here: Here[FamilyMember], reference: str) -> Response:
    """Give out the clean copy of a picture."""
    return hand_out(here.db, here.house.database, files.one_of_theirs(here.db, here.caller, reference), shown=True)


@door.show("/<lang:lang>/your-space/brought/<reference>/file", may=May.USE_OWN_SPACE)
def brought_file(here: Here[FamilyMember], reference: str) -> Response:
    """Give a person back what they brought, exactly as it came."""
    return hand_out(here.db, here.house.database, files.one_of_theirs(here.db, here.caller, reference))


@door.change("/<lang:lang>/your-space/brought/<reference>/send", may=May.USE_OWN_SPACE)
def send_brought(here: Here[FamilyMember], reference: str) -> Response:
    """Send what is kept."""
    file = files.one_of_theirs(here.db, here.caller, reference)
    form = pages.BringForm()
    if not form.validate():
        return _brought(here, file, form, 422)
    becoming.send(here.db, here.caller, file, form.what.data or "")
    return redirect(url_for("family.brought_kept", reference=file.reference), 303)


@door.show("/<lang:lang>/your-space/brought/<reference>/kept", may=May.USE_OWN_SPACE)
def brought_kept(here: Here[FamilyMember], reference: str) -> Response:
    """Say what was sent, who can see it now, and what happens next."""
    _, key_worker = review_here(here)
    file = files.one_of_theirs(here.db, here.caller, reference)
    if file.state not in FOR_STAFF or file.kept_at is None:
        shown: Response = brought(here, reference)  # a receipt would say that others can see it
        return shown
    titles = {
        Kind.PICTURE: gettext("We have your photograph"),
        Kind.DOCUMENT: gettext("We have your document"),
        Kind.SOUND: gettext("We have your spoken message"),
    }
    if file.kind is None:
        raise NotHere
    sentences = (
        gettext("The review team takes it up and brings it to a meeting. That can take weeks or months."),
        gettext("You can take it back at any time. Nobody will ask you why."),
    )
    page = pages.BroughtKeptPage(
        titles[file.kind],
        file.reference,
        file.kept_at,
        sentences,
        seen_by(key_worker, sharing.is_shown(here.db, file)),
        url_for("family.brought", reference=file.reference),
    )
    return render(page)


@door.show("/<lang:lang>/your-space/brought/<reference>/let-go", may=May.USE_OWN_SPACE)
def let_go_page(here: Here[FamilyMember], reference: str) -> Response:
    """Ask whether to let something go that was not sent."""
    review_here(here)
    file = files.one_of_theirs(here.db, here.caller, reference)
    sentence = gettext("It is taken out of this site for good. What is on your own device stays there.")
    return render(
        ConfirmPage(
            gettext("Let this go"),
            (sentence,),
            gettext("Yes, let it go"),
            url_for("family.brought", reference=file.reference),
        )
    )


@door.change("/<lang:lang>/your-space/brought/<reference>/let-go", may=May.USE_OWN_SPACE)
def let_go(here: Here[FamilyMember], reference: str) -> Response:
    """Let something go that was not sent."""
    files.let_go(here.db, here.caller, files.one_of_theirs(here.db, here.caller, reference))
    return redirect(url_for("family.bring_page"), 303)


@door.show("/<lang:lang>/your-space/brought/<reference>/take-back", may=May.USE_OWN_SPACE)
def take_brought_back_page(here: Here[FamilyMember], reference: str) -> Response:
    """Ask whether to take something back; no reason is asked."""
    review_here(here)
    file = files.one_of_theirs(here.db, here.caller, reference)
    sentences = (
        gettext("The review team will not see it any more, and nobody will ask you why."),
        gettext("You can bring it back at any time."),
    )
    back = url_for("family.brought", reference=file.reference)
    return render(ConfirmPage(gettext("Take this back"), sentences, gettext("Yes, take it back"), back))


@door.change("/<lang:lang>/your-space/brought/<reference>/take-back", may=May.USE_OWN_SPACE)
def take_brought_back(here: Here[FamilyMember], reference: str) -> Response:
    """Take something back."""
    becoming.withdraw(here.db, here.caller, files.one_of_theirs(here.db, here.caller, reference))
    return redirect(url_for("family.brought", reference=reference), 303)


@door.change("/<lang:lang>/your-space/brought/<reference>/bring-back", may=May.USE_OWN_SPACE)
def bring_brought_back(here: Here[FamilyMember], reference: str) -> Response:
    """Send after all what was taken back."""
    becoming.bring_back(here.db, here.caller, files.one_of_theirs(here.db, here.caller, reference))
    return redirect(url_for("family.brought", reference=reference), 303)


def begun(here: Here[FamilyMember]) -> list[Waiting]:
    """Return what the person brought and has not sent."""
    found = []
    for file in files.of_member(here.db, here.caller):
        if file.state in BEGUN:
            if file.state is Keeping.ARRIVING:
                sentence = gettext("Something that you bring has not come whole. Only you can see it.")
            else:
                sentence = gettext("Something that you brought is not sent. Only you can see it.")
            url = url_for("family.brought", reference=file.reference)
            found.append(Waiting(url, sentence, gettext("Look at it"), file.reference))
    return found
