"""Knows which endings a domain name can have, and tells a domain from a slip of the full stop."""

from tasmat_check.wording import keys

# Generic top-level domains that people meet; country codes follow (ISO 3166-1, with uk, eu and su).
_GENERIC = frozenset(
    keys(
        "com org net edu gov mil int info biz name pro mobi app dev page blog online site website shop store club xyz "
        "live news media social chat life world today team group link click help support tech cloud digital email "
        "agency space fun games game art design photo photos photography pictures gallery studio video film music "
        "band school academy college university education courses training institute foundation charity community "
        "church care health fit yoga coach football sport golf run bike travel holiday holidays tours house homes "
        "properties garden kitchen cafe restaurant pub bar pizza wine beer coffee london scot wales cymru irish paris "
        "berlin nyc amsterdam africa asia cat eus gal bzh vlaanderen museum aero coop jobs tel post xxx one top win "
        "vip wiki zone works work solutions services consulting company ltd limited business international network "
        "systems software tools events party wedding family kids baby love dating gift gifts toys fashion clothing "
        "shoes jewelry beauty hair style boutique deals sale discount market trade exchange finance money bank cash "
        "fund insurance accountants legal lawyer law engineer engineering construction builders plumbing energy eco "
        "green farm vet pet dog fish horse audio radio fm tv press report review reviews guide directory plus ninja "
        "guru expert rocks cool wtf lol meme buzz best fyi how fans hiv ooo moe icu ink mom dad google youtube "
        "microsoft apple amazon bbc"
    )
) - {"how", "one", "dog", "run", "best", "work", "works", "love", "kids", "baby", "fish", "horse", "hair", "beauty"}
_COUNTRIES = frozenset(
    keys(
        "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz "
        "ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm "
        "fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it "
        "je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn "
        "mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps "
        "pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th "
        "tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
    )
)
# Longest first, so that an alternation of them is greedy.
FOREIGN = (
    "சிங்கப்பூர்",
    "السعودية",
    "پاکستان",
    "இந்தியா",
    "москва",
    "онлайн",
    "الاردن",
    "المغرب",
    "امارات",
    "ایران",
    "سورية",
    "संगठन",
    "дети",
    "сайт",
    "تونس",
    "شبكة",
    "موقع",
    "भारत",
    "ভারত",
    "ලංකා",
    "бел",
    "гел",
    "орг",
    "срб",
    "укр",
    "қаз",
    "قطر",
    "مصر",
    "ไทย",
    "みんな",
    "中文网",
    "ελ",
    "рф",
    "コム",
    "中国",
    "中國",
    "公司",
    "台灣",
    "商标",
    "在线",
    "网址",
    "网络",
    "香港",
    "닷넷",
    "닷컴",
    "한국",
)
# Endings that are also English words or the endings of file names: "so tired.so there", "plan.md".
_DOUBTFUL = frozenset(
    keys(
        "am as at be by do er ex go he hi id in io is it la ma me mo mr ms mu my na ne no nu of om pa pm re sh so st "
        "th to tt us vs we ya ye yo md py pl ps rs cc ai fm name pro live news page team group life world today "
        "school help support garden house cafe bar pub party family video music film game games photo photos post "
        "blog fit church money cash bank market sale cool lol space fun art farm green tv plus im"
    )
)
_SUFFIXES = frozenset(("co.uk", "org.uk", "sch.uk", "ac.uk", "me.uk", "ltd.uk", "plc.uk", "net.uk", "com.au", "co.nz"))


def is_known(ending: str) -> bool:
    """Say whether a domain name can end this way."""
    ending = ending.lower()
    return ending in _GENERIC or ending in _COUNTRIES or ending in FOREIGN or ending.startswith("xn--")


def is_suffix(labels: list[str]) -> bool:
    """Say whether a name is only what others register under, as in "ends in sch.uk"."""
    return ".".join(labels).lower() in _SUFFIXES


def is_doubtful(labels: list[str]) -> bool:
    """Say whether a bare domain may as well be two sentences that lack a space between them."""
    return len(labels) == 2 and labels[1].lower() in _DOUBTFUL


def without_next_sentence(labels: list[str]) -> list[str]:
    """Drop the first word of a sentence that was typed straight after a domain: "example.com.Then I went"."""
    end = len(labels)
    while end > 2 and labels[end - 1][:1].isupper() and not is_known(labels[end - 1]) and is_known(labels[end - 2]):
        end -= 1
    return labels[:end]
