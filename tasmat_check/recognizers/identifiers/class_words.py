"""Words that tell class codes and class names from what looks like them; see class_codes."""

import re

from tasmat_check.wording import keys

USUAL_CLASS_NAMES = frozenset(
    keys(
        "acorn apple ash aspen beech birch blossom cedar cherry chestnut cypress elder elm fir hawthorn hazel holly "
        "hornbeam juniper larch laurel lime linden magnolia maple mulberry oak olive palm pine poplar rowan redwood "
        "sequoia spruce sycamore walnut willow yew bluebell buttercup clover crocus daffodil daisy dandelion fern "
        "foxglove heather iris ivy jasmine lavender lily lotus marigold pansy poppy primrose rose snowdrop sunflower "
        "thistle tulip violet badger bear bumblebee butterfly caterpillar cheetah crab deer dolphin dragonfly dragon "
        "duckling elephant fox frog giraffe hare hedgehog honeybee jaguar kangaroo koala ladybird ladybug lemur "
        "leopard lion lobster lynx meerkat mole mouse octopus otter panda panther penguin polar pony puffin rabbit "
        "seahorse seal shark squirrel starfish tiger toucan turtle tortoise whale wolf zebra blackbird buzzard "
        "chaffinch cuckoo dove eagle falcon finch flamingo goldfinch hawk heron hummingbird jay kestrel kingfisher "
        "kite lapwing magpie merlin nightingale nuthatch osprey owl parrot peacock peregrine robin sandpiper skylark "
        "sparrow starling swallow swan swift woodpecker wren mercury venus earth mars jupiter saturn uranus neptune "
        "pluto comet galaxy meteor moon orion rainbow star sun red orange yellow green blue indigo purple pink "
        "turquoise amber amethyst coral crystal diamond emerald garnet jade opal pearl ruby sapphire topaz ahlberg "
        "blyton carle carroll dahl donaldson dickens kipling milne morpurgo potter rosen rowling seuss walliams wilson "
        "hopper explorer adventurer voyager cornflower pebble shell sapling seedling conker bramble"
    )
)
SCHOOL_WORDS = frozenset(
    keys(
        "class classes classroom form forms lesson lessons taught teach teaches teaching teacher teachers pupil pupils "
        "kid kids child children student students set sets tutor tutors register reg miss sir parent parents mum mums "
        "dad dads families year yr reading cover duty detention homework exam exams gcse sats assembly school lads "
        "girls boys lad girl boy revision leavers playground maths english science attendance safeguarding behaviour "
        "supply ta lsa senco trip corridor mocks period break lunch follow follows reqs requests added insta snap "
        "discord xbox roblox excluded exclusion timetable ofsted phonics"
    )
)
OTHER_MATTERS = frozenset(
    keys(
        "pencil pencils graphite run running runs ran race parkrun couch steps marathon medal personal pb weather "
        "degrees outside temperature cold hot freezing oven bus buses train route seat seats row gate platform flight "
        "volt volts charger battery fuse bulb plug amp amps bottle milk litre litres tank tv screen signal network "
        "internet mast masts printing printer printed cinema film imax glasses views subs likes quid salary deposit "
        "grand mortgage bra size dress jeans wing wings zone stand terminal boarding coach model visa chess pawn "
        "vitamin hepatitis hydropool dashcam broadband wifi megapixel camera driveway flat flats apartment unit tennis "
        "watt watts led bulbs drill charity sponsored sponsor grade grades level section question page exercise "
        "junction exit bay locker chapter appendix option figure act scene amendment"
    )
)
STREETS = frozenset(keys("road rd street st lane avenue ave court crescent terrace mews gardens grove villas flats"))
STREETS_CAPITALISED = frozenset(
    keys("close drive way place hill house row square walk park rise parade steps buildings")
)
UNITS = frozenset("dgklmpvx")
LOWER_UNITS = frozenset("cdghklmpsvwx")
LOOK_ALIKES = re.compile(r"[1-4]d|[2-6]g|(?:[12458]|10)k|([0-9])x\1|[0-9]+vs?[0-9]|4x[24]|2x4|6x4")
TWO_LETTER_UNITS = frozenset(
    keys(
        "am pm kg gb mb tb km cm mm ml kw mw hz st nd rd th ft lb lbs oz ad bc ce uk tv pt hr hp mp ps up in on at or "
        "by of to is it as my me we so no if go do us an he xl yo dm vs ok ks xs ex rs ad"
    )
)
NOT_NAMES = frozenset(
    keys(
        "first second third fourth business economy premium standard world middle working upper lower ruling master "
        "mid last spin art ballet dance yoga pilates zumba fitness gym boxing hiit swim swimming cookery cooking "
        "baking pottery drama music pe re maths math english science history geography french spanish german italian "
        "latin computing coding exercise aerobics antenatal nct baby toddler sensory puppy dog obedience evening night "
        "day morning afternoon language languages political head live online free new old our my the this that your "
        "her his their its every each whole one two three best same no in of a an top pure touch absolute total great "
        "different graduating social asset share data base abstract python java street sunday monday tuesday wednesday "
        "thursday friday saturday bible summer winter spring autumn easter christmas year reception nursery preschool "
        "primary secondary senior junior infant sixth home high low energy what which any some all with and for from "
        "to at on is was mercedes benz c e s m g x b trial taster beginner beginners beginner's intermediate advanced "
        "adult adults family parent tap jazz salsa ballroom street lego drawing painting life sculpture craft knitting "
        "sewing writing creative driving training singing choir guitar piano circuit circuits step body pump spinning "
        "barbell crossfit kettlebell karate judo taekwondo boxercise aqua today's yesterday's tomorrow's tonight's "
        "miss's world's tech gcse level btec phonics booster revision intervention double single core weighted special "
        "extra real true small large big mixed empty entire wrong right next final our dear hello hi hey support cover "
        "supply teacher teacher's teachers year's how when submarine destroyer frigate cruise boat ship tank medium "
        "heavy light hero character wizard warrior mage dnd rogue"
    )
)
NOT_ROOMS = frozenset(
    keys(
        "escape hotel hgv licence license race tennis travelodge premier inn theatre driver boat amp world cup ward "
        "stage drug drugs lorry ferry"
    )
)
