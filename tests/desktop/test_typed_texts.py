"""What people typed into a ward is known, so that no language touches it; read once, then only what is new."""

from bedside.units.quantities import BodyWeight
from bedside.ward.forms import NewSize
from bedside.ward.typed_texts import TypedTexts
from bedside.ward.weighing import record_size


def test_names_reasons_and_who_recorded_are_read_once(ward, infant_of):
    typed = TypedTexts({})
    people, texts = typed.new_in(ward)
    assert {"E. Sørensen, RN", "E. Sørensen", "Dr Ines Halvorsen, consultant"} <= people
    assert {"Saga", "DEM 004 118", "cultures negative, gone in four days"} <= texts
    assert typed.new_in(ward) == (set(), set())
    size = NewSize(BodyWeight(5610), None, ward.now())
    record_size(ward, infant_of("4"), size, who="T. Marchetti, RN")
    assert typed.new_in(ward)[0] == {"T. Marchetti, RN", "T. Marchetti"}
