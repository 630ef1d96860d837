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
