"""What the invented families say. Nobody here has ever lived; every contact is from a range kept for drama."""

from dataclasses import dataclass

from portal.review.answers import Hearing, Outcome
from portal.review.people import Relation, Way
from portal.review.questions import Standing
from portal.review.reviews import Stage


@dataclass(frozen=True)
class DemoQuestion:
    """A question, how far it has come, and what the panel says about it."""

    words: str
    state: Standing
    answer: str = ""
    answer_translated: str = ""
    hearing: Hearing = Hearing.NOT_SAID
    translation: str = ""
    days_ago: int = 20

    @property
    def outcome(self) -> Outcome:
        """How far the answer goes."""
        ends = {Standing.PARTLY_ANSWERED: Outcome.PARTLY, Standing.CANNOT_BE_ANSWERED: Outcome.CANNOT}
        return ends.get(self.state, Outcome.WHOLE)


@dataclass(frozen=True)
class DemoPerson:
    """A family member of the demonstration."""

    name: str
    relation: Relation
    language: str
    way: Way
    address: str
    questions: tuple[DemoQuestion, ...] = ()
    told: tuple[str, ...] = ()
    care: str = ""
    said: str = ""  # aloud, to the key worker; around such a person there is also news, and a quiet day


@dataclass(frozen=True)
class DemoFamily:
    """A family of the demonstration."""

    panel: str
    child: str
    stage: Stage
    people: tuple[DemoPerson, ...]


FAMILIES = (
    DemoFamily(
        "leicester-leicestershire-rutland",
        "Idris",
        Stage.GATHERING,
        (
            DemoPerson(
                "Amina Quill",
                Relation.MOTHER,
                "ur",
                Way.TEXT,
                "07700 900101",
                (
                    DemoQuestion(
                        "اس رات جب ہم نے فون کیا تو ڈاکٹر کو آنے میں اتنی دیر کیوں لگی؟",
                        Standing.ANSWERED,
                        "That night one doctor looked after two wards. The nurse rang at once, and the doctor came after "
                        "forty minutes. The hospital now has a second doctor at night.",
                        "اس رات ایک ہی ڈاکٹر دو وارڈوں کی دیکھ بھال کر رہا تھا۔ نرس نے فوراً فون کیا، اور ڈاکٹر چالیس منٹ "
                        "بعد آیا۔ اب ہسپتال میں رات کے وقت دوسرا ڈاکٹر بھی ہوتا ہے۔",
                        translation="When we rang that night, why did it take the doctor so long to come?",
                        days_ago=40,
                    ),
                    DemoQuestion(
                        "کیا میں نے کچھ غلط کیا تھا؟",
                        Standing.TAKEN_UP,
                        translation="Did I do something wrong?",
                        days_ago=12,
                    ),
                    DemoQuestion("کیا میرے دوسرے بچوں کو بھی یہ ہو سکتا ہے؟", Standing.ASKED, days_ago=1),
                ),
                ("ادریس کو بارش بہت پسند تھی۔ وہ کھڑکی کے پاس بیٹھ کر بوندیں گنتا تھا۔",),
                "Please text only, and not before ten in the morning.",
            ),
            DemoPerson(
                "Daniel Quill",
                Relation.FATHER,
                "en",
                Way.EMAIL,
                "daniel.quill@example.org",
                (
                    DemoQuestion(
                        "Who decided not to move him to the other hospital?", Standing.AT_MEETING, days_ago=25
                    ),
                    DemoQuestion(
                        "Did the alarm on the monitor work?",
                        Standing.CANNOT_BE_ANSWERED,
                        "The panel cannot say. The monitor keeps its record for two weeks only, and it was gone when the "
                        "review asked for it. The panel has asked the hospital to keep these records for longer.",
                        hearing=Hearing.NOW,
                        days_ago=45,
                    ),
                    DemoQuestion("May I see the notes?", Standing.WITHDRAWN, days_ago=30),
                ),
                ("He laughed at every dog he met. I want them to know that.",),
            ),
            DemoPerson(
                "Bushra Quill",
                Relation.GRANDPARENT,
                "ur",
                Way.PAPER,
                "4 Invented Lane\nLeicester\nLE0 0AA",
                care="She likes to be rung by her son first.",
                said="وہ ہر جمعے کو میرے ساتھ چائے پیتا تھا۔ کیا اُس رات کسی نے اُس کا ہاتھ تھاما تھا؟",
            ),
        ),
    ),
    DemoFamily(
        "worcestershire",
        "Hania",
        Stage.PANEL,
        (
            DemoPerson(
                "Kasia Wymysłowska",
                Relation.MOTHER,
                "pl",
                Way.EMAIL,
                "kasia.wymyslowska@example.org",
                (
                    DemoQuestion(
                        "Czy można było coś zrobić wcześniej?",
                        Standing.PARTLY_ANSWERED,
                        "The panel found one thing: the letter from the clinic came late. Nobody can say whether an "
                        "earlier letter would have changed what happened. The clinic now sends these letters by e-mail.",
                        "Panel znalazł jedną rzecz: list z poradni przyszedł późno. Nikt nie może powiedzieć, czy "
                        "wcześniejszy list zmieniłby to, co się stało. Poradnia wysyła teraz te listy e-mailem.",
                        hearing=Hearing.LATER,
                        translation="Could something have been done earlier?",
                        days_ago=60,
                    ),
                    DemoQuestion(
                        "Kto będzie czytał to, co piszę?",
                        Standing.CHECKED,
                        "The review team and the panel's coordinator. The panel itself reads no names.",
                        "Zespół prowadzący analizę i osoba koordynująca pracę panelu. Sam panel nie czyta nazwisk.",
                        translation="Who will read what I write?",
                        days_ago=21,
                    ),
                ),
            ),
            DemoPerson(
                "Tomasz Wymysłowski",
                Relation.FATHER,
                "pl",
                Way.TEXT,
                "07700 900102",
                (
                    DemoQuestion(
                        "Dlaczego nikt z nami nie rozmawiał po polsku?",
                        Standing.DRAFTED,
                        "There was no interpreter on the ward that weekend. That was not right, and we are sorry. The "
                        "ward can now ring an interpreter at any hour.",
                        "W tamten weekend na oddziale nie było tłumacza. Tak nie powinno było być i jest nam przykro. "
                        "Teraz oddział może zadzwonić po tłumacza o każdej porze.",
                        translation="Why did nobody speak with us in Polish?",
                        days_ago=18,
                    ),
                ),
                ("Hania miała czerwone kalosze i nosiła je też w domu.",),
            ),
            DemoPerson(
                "Ellen Madeup",
                Relation.CARER,
                "en",
                Way.EMAIL,
                "ellen.madeup@example.org",
                (DemoQuestion("What do I tell her little brother?", Standing.TAKEN_UP, days_ago=9),),
                said="Was there a bed free on the other ward that night?",
            ),
        ),
    ),
)
