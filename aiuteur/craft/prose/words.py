"""The vocabulary of people: titles, kin, roles, verbs of speech, first names. A table; no rules.

Belongs here: word lists about persons. Does not belong here: places, weather and periods (`surroundings`), bodies and clothes
(`appearance`).
"""

from typing import Final


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


MALE_TITLES: Final = word_set(
    "mr mister sir lord king prince duke count baron father brother uncle monsieur m herr signor don squire abbot emperor "
    "earl master pope sultan grandfather grandpa"
)
FEMALE_TITLES: Final = word_set(
    "mrs miss ms lady queen princess duchess countess baroness mother sister aunt madame madam mme mlle mademoiselle "
    "frau signora dame granny grandma empress widow nurse grandmother"
)
NEUTRAL_TITLES: Final = word_set(
    "dr doctor professor prof captain capt colonel col major general gen lieutenant lt sergeant sgt inspector "
    "detective officer judge rev reverend president commander admiral agent constable private corporal chief "
    "cousin old little young patrolman saint deputy sheriff marshal governor mayor senator chancellor"
)
MISSES: Final = word_set("miss ms mlle mademoiselle")
SOLDIERLY: Final = word_set(
    "captain capt colonel col major general gen lieutenant lt sergeant sgt admiral commander corporal sheriff marshal"
)
"""Ranks that were men's for so long that a text has to say when they are not."""

TITLES: Final = MALE_TITLES | FEMALE_TITLES | NEUTRAL_TITLES
_SHORTENED: Final = word_set("mr mrs ms dr prof capt col gen lt sgt rev st mme mlle m h hon")
TITLE_PATTERN: Final = "|".join(
    word.capitalize() + (r"\b\.?" if word in _SHORTENED else r"\b")
    for word in sorted(TITLES, key=lambda word: (-len(word), word))
)
"""Titles as they stand before names; only those that are cut short have a stop."""

HONORIFICS: Final = TITLES - {"old", "little", "young"}

MALE_ROLES: Final = word_set("""
        man boy gentleman fellow lad chap husband father son brother uncle grandfather nephew king prince lord duke
        monk friar priest policeman patrolman postman milkman fisherman watchman salesman workman fireman coachman
        footman foreman nobleman clergyman huntsman woodsman boatman ferryman cabman doorman chairman gardener butler
        waiter barber sailor soldier knight blacksmith lamplighter carpenter miner farmer shepherd hermit wizard
        father-in-law brother-in-law stepfather grandpa grandad bridegroom groom landlord host hero bachelor widower
        schoolboy newsboy cowboy busboy bellboy lumberman woodcutter miller abbot sexton vicar parson curate squire
        sultan emperor steward count baron cop constable bobby guy dad papa daddy yeoman ploughman drayman
    """)
FEMALE_ROLES: Final = word_set("""
        woman girl lady wife mother daughter sister aunt grandmother niece queen princess duchess countess maid nurse
        waitress actress hostess governess nun witch widow bride housewife housekeeper landlady mistress heroine
        schoolgirl seamstress laundress washerwoman charwoman shopgirl stepmother mother-in-law sister-in-law grandma
        madam madame heiress mum mom mama mummy milkmaid goddess saleswoman policewoman fisherwoman maiden lass
        spinster stewardess enchantress sorceress
    """)
NEUTRAL_ROLES: Final = word_set("""
        officer doctor physician surgeon teacher professor student pupil scholar artist painter sculptor poet writer
        author editor reporter journalist lawyer attorney judge clerk cashier banker broker agent detective inspector
        sergeant captain colonel lieutenant general major commander pilot driver conductor guard porter servant cook
        chef baker butcher grocer tailor shopkeeper storekeeper merchant trader pawnbroker accountant assistant
        apprentice manager director boss owner proprietor employer keeper innkeeper bartender barkeeper barman
        stranger traveller traveler visitor guest neighbour neighbor friend companion comrade partner customer client
        patient prisoner thief burglar robber murderer killer criminal convict gambler beggar tramp vagrant child baby
        kid youngster youth teenager orphan infant person figure newcomer arrival passenger pedestrian messenger
        secretary librarian musician singer dancer actor fiddler violinist pianist drummer engineer mechanic scientist
        inventor astronaut robot android janitor caretaker concierge warden jailer executioner minister bishop
        cardinal preacher rabbi imam president mayor governor senator ambassador spy rebel warrior archer hunter
        trapper ranger scout guide smuggler pirate mate bosun skipper helmsman navigator lookout cabby courier carrier
        peddler pedlar vendor seller dealer auctioneer undertaker gravedigger fortune-teller magician juggler clown
        acrobat giant dwarf elf fairy ghost spirit demon devil angel dragon creature narrator speaker host interviewer
        photographer architect builder mason plumber electrician weaver potter cobbler shoemaker watchmaker clockmaker
        locksmith glassblower jeweller jeweler goldsmith dressmaker hairdresser chemist druggist apothecary dentist
        veterinarian vet midwife orderly paramedic coroner bailiff usher juror witness victim suspect informer
        operator dispatcher technician programmer hacker receptionist typist boarder lodger tenant roommate classmate
        schoolmaster schoolmistress headmaster headmistress tutor coach trainer player captain-general lodge-keeper
        lighthouse-keeper stationmaster signalman ticket-seller bookseller novelist colleague superior subordinate
        sheriff marshal deputy corporal chancellor
        solicitor barrister magistrate notary
        recruit veteran pensioner invalid cripple madman lunatic fool idiot genius wanderer pilgrim hitchhiker
        intruder trespasser onlooker bystander passer-by elder villager peasant servant-girl chauffeur cellist
        trumpeter eldest oldest elder youngest younger
    """)
ROLES: Final = MALE_ROLES | FEMALE_ROLES | NEUTRAL_ROLES

GENERIC: Final = word_set(
    "man woman boy girl gentleman lady fellow lad chap guy person stranger figure youth child kid newcomer visitor arrival "
    "friend companion other lass youngster traveller traveler creature speaker client customer guest "
    "caller intruder"
)
"""Nouns that say hardly more than that somebody is there; they point to someone known by other words."""

ARRIVING: Final = word_set("newcomer arrival intruder")
"""Nouns that say somebody came last."""

RANKED: Final = word_set("first eldest oldest elder youngest younger second third fourth middle biggest smallest tallest")
"""Words that tell brothers and sisters apart, with a noun or for one."""

CALLING: Final = word_set("newcomer arrival intruder visitor caller guest client customer stranger host hostess")
"""Nouns for somebody who has come from outside: never the narrator's own friend, and likely the one that a "man" came in as."""

CHILDISH: Final = word_set("boy girl child kid lad lass youngster baby infant schoolboy schoolgirl newsboy orphan")
YOUTHFUL: Final = word_set("niece nephew son daughter pupil student apprentice prince princess youngest younger")
YOUNGER: Final = word_set("son daughter brother sister nephew niece")
GROWN: Final = word_set("man woman gentleman lady widow widower husband wife father mother grandfather grandmother")

VAGUE: Final = word_set("""
        new strange other same poor good dear kind worthy excellent honest unfortunate unhappy whole very own only mere certain
        great first-named aforesaid said
    """)
"""Adjectives by which nobody is told from others."""

CLOSE: Final = word_set("friend companion comrade partner colleague mate")
"""Nouns that, with "my" or "his", point to somebody known by name."""

KIN: Final = word_set("""
        father mother brother sister son daughter uncle aunt husband wife grandfather grandmother cousin nephew niece
        grandma grandpa mum mom mama papa dad daddy mummy granny stepmother stepfather
    """)

POLICE: Final = word_set("policeman officer constable cop patrolman bobby policewoman")
MEDICAL: Final = word_set("doctor physician surgeon dr")
SAME: Final = (
    POLICE,
    MEDICAL,
    word_set("artist painter"),
    word_set("shopkeeper storekeeper proprietor"),
    word_set("father dad papa daddy"),
    word_set("mother mum mom mama mummy"),
    word_set("grandmother granny grandma"),
    word_set("grandfather grandpa grandad"),
    word_set("bartender barman barkeeper"),
    word_set("captain capt skipper"),
    word_set("professor prof"),
    word_set("colonel col"),
    word_set("lieutenant lt"),
    word_set("sergeant sgt"),
    word_set("madame mme madam"),
    word_set("reverend rev parson vicar clergyman minister"),
    word_set("cabman cabby"),
    word_set("teacher schoolmaster schoolmistress"),
    word_set("child kid youngster"),
    word_set("newcomer arrival visitor guest caller"),
    word_set("jeweler jeweller"),
    word_set("watchmaker clockmaker"),
    word_set("cobbler shoemaker"),
    word_set("man gentleman fellow chap guy"),
    word_set("boy lad youth"),
    word_set("woman lady"),
    word_set("girl lass maiden"),
)
"""Sets of role nouns that a text uses for one and the same person, to vary its words."""

SPEECH: Final = word_set("""
        said says say asked asks ask replied replies answered answers cried cries exclaimed shouted shouts whispered
        whispers muttered mutters murmured murmurs remarked observed continued added called calls demanded inquired
        enquired announced declared snapped growled grumbled groaned moaned sighed laughed chuckled smiled sobbed
        screamed shrieked yelled roared bellowed barked hissed stammered stuttered mumbled grunted complained
        protested insisted suggested agreed admitted confessed explained repeated returned responded retorted
        interrupted interposed broke ejaculated pleaded begged urged warned ordered commanded promised swore vowed
        wondered mused thought joked teased sneered scoffed jeered taunted boasted lied argued objected persisted
        began went concluded finished told spoke uttered gasped panted breathed croaked whined wailed whimpered
        squeaked piped chimed echoed drawled purred crooned sang recited read prayed commented stated noted pointed
        offered ventured volunteered conceded acknowledged assured reassured comforted soothed coaxed advised
        counselled greeted prompted pronounced proclaimed thundered blurted faltered quavered assented corrected
        rejoined resumed pursued put-in quoth rasped rumbled spluttered sputtered beamed grinned nodded frowned
        shrugged giggled scolded chided reminded instructed directed invited hailed congratulated apologised
        apologized guessed decided reflected reasoned bawled howled pressed wept maintained affirmed asserted averred
        queried questioned challenged countered proposed mouthed signed texted wrote hollered
    """)

STRONG_SPEECH: Final = word_set("""
        said says say asked asks ask replied answered cried exclaimed shouted whispered muttered murmured remarked
        observed demanded inquired enquired announced declared snapped yelled stammered exclaims replies answers cries
        whispers mutters ejaculated retorted responded explained rejoined queried repeated called bawled mumbled
    """)

ADJECTIVE_NATIONS: Final = word_set("""
        american english french german italian spanish russian dutch irish scottish welsh british european chinese
        japanese indian african asian roman greek turkish persian arab arabian egyptian jewish christian catholic
        protestant muslim latin polish swedish norwegian danish swiss austrian hungarian portuguese mexican canadian
        australian gothic victorian
    """)

CALENDAR: Final = word_set("""
        monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
        september october november december christmas easter halloween thanksgiving eve
    """)

PLACE_WORDS: Final = word_set("""
        street avenue square road lane court place park bay river lake sea ocean mountain mount hill island city town
        village county bridge station hotel inn house hall church cathedral abbey castle palace tower school college
        university hospital bank museum theatre theater garden gardens market valley forest wood woods north south
        east west bureau department office company club society league railway
        line coast cape harbour harbor port gate alley drive terrace row yard ward district lighthouse mill farm cafe
        café restaurant store shop building block apartment apartments quarter crescent close green heath wharf dock
        pier chase manor grange lodge priory
    """)

MALE_NAMES: Final = word_set("""
        james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark
        donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob
        gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond
        patrick jack dennis jerry tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy
        harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan
        billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell elijah louis
        bobby philip johnny jim jimmy bob tom tommy sam ben dan danny mike nick tony harry fred freddie ted teddy ned
        bill will dick rob jake luke hugh simon martin oliver leo max felix oscar hugo ivan pierre jean hans karl otto
        fritz boris sergei dmitri luigi mario carlo antonio pablo pedro carlos miguel diego ahmed ali omar hassan
        yusuf abdul raj ravi arjun kenji hiro takeshi wei chen edgar edwin edmund ernest herbert percy cecil clarence
        cyril reginald sherlock silas ebenezer ezra isaac abraham moses solomon jeremiah josiah elias caleb tobias
        jonas jasper rufus gideon theodore julian adrian sebastian dorian basil alfred geoffrey ian neil graham duncan
        angus malcolm ewan rory owen liam finn declan archie archibald gus stanley sidney wilfred horace ichabod rip
        washington barnaby mortimer rupert lionel bertram bertie algernon tim mick paddy andy ronnie
        eddie mitch greg jeff brad chad todd doug josh zack alex
    """)
FEMALE_NAMES: Final = word_set("""
        mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra
        ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura
        cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra
        rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren
        christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison
        frances kathryn janice jean abigail alice judy sophia grace denise amber doris marilyn danielle beverly
        isabella theresa diana natalie brittany charlotte marie kayla alexis lori sue susie sally della ella nell
        nellie kate katie kitty lucy lizzie liz beth betsy bess bessie jane jenny peggy polly molly dolly rosie rose
        lily daisy violet iris ivy hazel olive clara flora nora dora cora mabel maud maude edith ethel agnes gertrude
        bertha harriet henrietta louisa louise matilda tilly millicent millie minnie fanny effie elsie eleanor ellen
        eliza adelaide ada amelia aurora beatrice bridget cecilia celia clarissa constance cordelia daphne delia
        delilah eva eve evangeline fiona gwen gwendolen ida imogen irene isabel jemima joanna johanna josephine julia
        juliet june kathy lavinia leah leonora lena letitia lilian lilith lola lorna lottie lydia madeline maggie
        marian marianne marion mildred miranda miriam muriel myra nadia naomi natasha olga ophelia penelope phoebe
        phyllis priscilla rosalind roxanne sabrina selina sibyl sonia sophie stella sylvia tabitha tamara tatiana
        thelma ursula valerie vera veronica viola vivian wendy wilhelmina winifred yvonne zoe fatima aisha leila
        yasmin priya anjali mei yuki sakura hana ingrid astrid greta heidi gretel fleur colette chantal
    """)
