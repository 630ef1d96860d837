"""Takes the dates out of a projection where they rest on a question that is still open."""

from msgspec.structs import replace

from bedside.protocol.path import Path
from bedside.protocol.projection import ProjectedCourse, Projection


def undated_where_undecided(path: Path, projection: Projection) -> Projection:
    """Take out the dates of courses that are not decided, and of what rests on them.

    After a course that has actually begun the chain goes on: its date rests on nothing open.

    Args:
        path: the infant's path.
        projection: its courses in one chain.
    """
    courses: list[ProjectedCourse] = []
    reached, known_again = False, False
    for course in projection.courses:
        arm = path.rests_on_arm.get(course.key, "")
        reached = reached or bool(arm)
        known_again = known_again or (reached and course.basis == "actual")
        transplant = path.rests_on_transplant.get(course.key, "")
        why = transplant or ("" if known_again else arm)
        shown = replace(course, planned_start=None) if arm or transplant else course
        if why and (course.basis == "projected" or (transplant and not course.basis)):
            shown = replace(shown, start=None, basis="", certainty=why, end=None, doses=())
        courses.append(shown)
    return replace(projection, courses=tuple(courses))
