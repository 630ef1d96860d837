"""Who a dialog is about, in one line with two identifiers (hazard H25)."""

from bedside.units.dates import write_date
from bedside.ward.views.marks import Banner


def patient_line(banner: Banner) -> str:
    """Return name, day of birth, age and hospital number."""
    return (
        f"{banner.family}, {banner.given}; born {write_date(banner.born)} ({banner.age_text}); "
        f"{banner.hospital_number}"
    )
