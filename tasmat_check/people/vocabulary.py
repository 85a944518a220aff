"""The few closed word classes that tell a name's surroundings and a person's role.

They belong to the reading of names, not to a policy, so they stand here and not in a pack's lexicons.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words("mr mrs miss ms mx dr")

FAMILY_WORDS = _words(
    """
    mum mums mam mom mother dad dads father parents parent nan nana gran grandad grandma brother sister siblings
    family mummy daddy stepdad stepmum foster carer carers guardian uncle aunt auntie
    """
)

RELATIONS_AND_FIGURES = _words(
    """
    son daughter niece nephew brother sister husband wife partner boyfriend girlfriend fiance fiancee hubby
    cousin uncle auntie aunt aunty nan nana gran grandad grandma grandson granddaughter godson goddaughter
    stepson stepdaughter bestie mate dog cat puppy kitten baby bump saint st king queen prince princess captain
    lord lady
    """
)

SCHOOL_WORDS = _words(
    """
    class classes classroom form lesson lessons teacher teachers ta lsa hlta senco sencos sendco sen ehcp ehcps
    iep meltdown meltdowns playground school register pupil pupils student students detention detentions
    isolation excluded exclusion suspended suspension attendance homework assembly headteacher safeguarding
    phonics sats gcse gcses mocks mock coursework tutor nursery corridor staffroom behaviour restrained
    worksheet maths pe taxi lunchtime breaktime playtime exam exams ks1 ks2 ks3 ks4 dsl cpoms camhs
    seating timetable mainstream sir
    """
)

BEFORE_SEASONS = _words("this last next the in of early late mid every since until by till all before after during")

DEEDS = _words(
    """
    has had was is isnt wasnt hasnt hadnt who got said asked told cried threw came didnt wont wouldnt refused
    bit punched hit kicked sat ran looks looked keeps kept needs gets goes went
    """
)

STAFF_WORDS = _words(
    """
    staff teacher teachers teaching teach ta hlta lsa ela tas lsas head headteacher principal deputy assistant
    officer manager leader lead coordinator senco sendco sen dsl tutor trainee ect nqt scitt supply cover
    support admin administrator administration secretary receptionist bursar clerk business finance site
    caretaker premises cleaner cleaning cook catering kitchen midday mdsa supervisor technician librarian ict it
    nurse therapist counsellor mentor director coach instructor lecturer employee contractor agency volunteer
    chaplain driver escort adviser
    """
)

PUPIL_WORDS = _words("pupil pupils student students learner learners child children leaver leavers alumni alumnus")

PARENT_WORDS = _words(
    """
    parent parents carer carers guardian guardians mother father mum dad stepmother stepfather grandparent
    grandmother grandfather foster contact family
    """
)

LIST_TITLES = _words("mr mrs miss ms mx dr sir dame rev revd prof professor cllr master")

PARTICLES = _words("van von de der den del della di da dos du la le al el bin ibn st ter ten")

FAMILIAR_HEADINGS = _words(
    """
    upn uln dob dateofbirth birthdate gender sex email emailaddress address postcode telephone phone mobile
    house id admno admissionno admissionnumber title ethnicity sen fsm payrollnumber startdate middlename
    middlenames
    """
)

NAME_PREFIXES = PARTICLES | {"o", "mc", "mac"}
_COUNTING = "one two three four five six seven eight nine ten eleven twelve thirteen"
NUMBER_WORDS = tuple(_COUNTING.split())
