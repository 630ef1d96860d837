"""What the ward shows of orders: which doses can be ordered, how far each is, and why one is void."""

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.ward.views.marks import Banner
from bedside.ward.views.signatures import SignedAs

# "on paper": neither the public sources nor this site's values say how much it is, so the program
# cannot hold the order; "void" and "sent back" say why beside them.
Stage = Literal[
    "not ordered", "prescribed", "verified", "released", "void", "sent back", "given", "on paper"
]
STANDING: tuple[Stage, ...] = ("prescribed", "verified", "released")
ENDED: tuple[Stage, ...] = ("void", "sent back")  # no order stands: it is prescribed anew
OrderKey = tuple[str, int, str, str]  # course key, course day, drug, route


class ReleasedAs(Struct, frozen=True):
    """What somebody says expressly when she releases doses in an unusual way.

    Args:
        keeps: what is prepared now for another day keeps until then.
        alone: nobody but who verified it can release it now.
    """

    keeps: bool = False
    alone: bool = False


USUAL = ReleasedAs()


class OrderState(Struct, frozen=True):
    """How far the order of one planned administration is.

    Args:
        key: course key, course day, drug, route.
        order_id: number of the newest order, None where there never was one.
        stage: how far it is.
        amount: of one dose as ordered, in ``unit``; None without an order.
        unit: "mg", "micrograms" or "units"; "" without an order.
        dose_words: the same in words, "15.5 mg".
        weight_g: the weight it was worked out with, in grams; None where it rests on none.
        steps: its working as it was ordered, a line each.
        signed: every signature on it, struck out ones included, oldest first.
        why: why it is void or was sent back, or what stands against it now.
        blocks_giving: why the dose may not be given yet, in the ward's words; empty when released.
    """

    key: OrderKey
    order_id: int | None
    stage: Stage
    amount: Decimal | None = None
    unit: str = ""
    dose_words: str = ""
    weight_g: int | None = None
    steps: tuple[str, ...] = ()
    signed: tuple[SignedAs, ...] = ()
    why: tuple[str, ...] = ()
    blocks_giving: tuple[str, ...] = ()

    def of(self, meaning: str) -> SignedAs | None:
        """The last signature of a meaning, standing or not; None where it was not signed."""
        found = [one for one in self.signed if one.meaning == meaning]
        return found[-1] if found else None


class OrderRow(Struct, frozen=True):
    """One planned administration: what would be ordered now, and how far its order is."""

    key: OrderKey
    name: str  # "azaCITIDine intravenous"
    day: int
    on: date
    dose_words: str  # worked out now, "" where it cannot be
    steps: tuple[str, ...]
    why_not: tuple[str, ...]  # why it cannot be ordered now; empty where it can
    state: OrderState
    given: str = ""  # what was recorded of it: "given 10:12, E. Berg", "" while nothing was
    before: tuple[str, ...] = ()  # what else was recorded of it, such as a vial that was lost
    since_short: str = ""  # given on something that was struck out since, in a few words
    since: str = ""  # the same in full, with the dose by what stands now
    checked: str = ""  # how far the blind check is, in words
    checked_by_two: bool = False  # the check is matched
    drug: str = ""  # the name's head: "azaCITIDine"
    left_out: bool = (
        False  # recorded as not given: its order is closed, and nothing of it was given
    )

    @property
    def words(self) -> str:
        """The dose in one line: drug, route and course day."""
        return f"{self.name}, day {self.day}"


class OrderBoard(Struct, frozen=True):
    """The orders of the running course.

    Args:
        banner: the infant.
        course_title: the running course, "" where none runs.
        rows: planned administrations by needle that are to come or have an order, by date.
        typed_names: the ward has no accounts: names are typed and no secret is asked.
        rests: broken-off infusions on which a physician has still to decide, in words.
    """

    banner: Banner
    course_title: str
    rows: tuple[OrderRow, ...]
    typed_names: bool
    rests: tuple[str, ...] = ()

    def to_prescribe(self) -> tuple[OrderRow, ...]:
        """Those without a standing order: ready ones and, with the reason, those that are not."""
        waiting = ("not ordered", *ENDED, "on paper")
        return tuple(row for row in self.rows if row.state.stage in waiting)

    def kept_here(self) -> tuple[OrderRow, ...]:
        """Those whose order this program can hold."""
        return tuple(row for row in self.rows if row.state.stage != "on paper")

    def at(self, stage: Stage) -> tuple[OrderRow, ...]:
        """The rows whose order is so far."""
        return tuple(row for row in self.rows if row.state.stage == stage)
