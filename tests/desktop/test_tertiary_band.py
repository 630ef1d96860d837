"""The card comes up by itself at the moment when the tertiary team has to be rung, and once only."""

from msgspec.structs import replace

from bedside.desktop.band import BannerBand
from bedside.ward.infants import banner


def test_the_card_is_asked_for_when_it_becomes_due(qtbot, look, ward, infant_of):
    band = BannerBand(look)
    qtbot.addWidget(band)
    plain = banner(ward, infant_of("5"))
    due = replace(
        plain, dlt=replace(plain.dlt, contact=True, details=("contact the tertiary team",))
    )
    band.show_banner(due)  # opened with it: said in the banner, not in a window
    band.show_banner(plain)
    with qtbot.waitSignal(band.contact_due) as told:
        band.show_banner(due)
    assert told.args == [plain.infant_id]
    other = replace(due, infant_id=plain.infant_id + 1)
    with qtbot.assertNotEmitted(band.contact_due, wait=50):
        band.show_banner(other)
        band.show_banner(replace(other, age_text="other"))
    assert "contact the tertiary team" in band.accessibleName()


def test_a_mild_one_that_stands_open_does_not_keep_the_card_back_from_the_next(
    qtbot, look, ward, infant_of
):
    band = BannerBand(look)
    qtbot.addWidget(band)
    plain = banner(ward, infant_of("5"))

    def due(newest: int, severe: int):
        line = replace(plain.dlt, contact=True, newest=newest, severe=severe)
        return replace(plain, dlt=line)

    band.show_banner(due(4, 0))
    for newest, severe in ((5, 0), (5, 1)):  # another toxicity; one of them became severe
        with qtbot.waitSignal(band.contact_due):
            band.show_banner(due(newest, severe))
    with qtbot.assertNotEmitted(band.contact_due, wait=50):
        band.show_banner(due(5, 0))  # better
        band.show_banner(due(3, 0))  # the newest is gone
        band.show_banner(due(3, 0))
