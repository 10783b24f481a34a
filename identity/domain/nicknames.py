"""Given names that are short or familiar forms of one another, folded; a line is one family of forms."""

_FORMS = """
abigail abby gail
abraham abe
albert al bert
alexander alex sandy sasha
alexandra alex sandra sasha
alfred alf fred
andrew andy drew
anthony tony
antonio toni
arthur art
barbara barb
benjamin ben benny
bernard bernie
bradley brad
catherine kathryn katherine kathy cathy kate katie
charles charlie chuck
christine christina chris tina
christopher chris
clifford cliff
cynthia cindy
daniel dan danny
david dave
deborah debbie deb
dennis denny
donald don
dorothy dot dottie
douglas doug
edward ed eddie ted
edmund ed
elizabeth liz beth betsy lisa eliza
emanuel manny
eugene gene
ferdinand ferdi
francis frank
francisco paco
franklin frank
frederick fred fritz
gabriel gabe
gary
gerald jerry gerry
gerard gerry
gilbert gil
gregory greg
harold hal harry
helen nell
henry harry hank
herbert herb
howard howie
isaac ike
jacob jake
jacqueline jackie
james jim jimmy jamie
janet jan
jeffrey geoffrey jeff geoff
jennifer jen jenny
jerome jerry
jessica jess jessie
johannes hans joh
john jack johnny jon
jonathan jon
joseph joe joey
joshua josh
jose pepe
judith judy
katherine kate
kenneth ken kenny
kimberly kim
lawrence laurence larry
leonard len leo
leslie les
lewis louis lou
lillian lily
louise lou
luigi gigi
manuel manolo
margaret maggie meg peggy marge
martin marty
matthew matt
maximilian max
melvin mel
michael mike mick mikhail
michelle shelly
mitchell mitch
mohammad mohammed muhammad mohamed mohamad mahamad mohamd
nathaniel nathan nate
nathan nate
nicholas nick nicolas
nikolaus nick klaus
norman norm
pamela pam
patricia pat patty trish
patrick pat paddy
peter pete
philip phillip phil
rachel rae
randall randy
raymond ray
rebecca becky
reginald reg
richard rick dick rich ricky
robert bob rob bobby bert
roderick rod
rodney rod
ronald ron ronnie
rudolf rudi rudy
russell russ
samuel sam sammy
sandra sandy
sebastian seb basti
sergei sergey serguei
stanley stan
stephen steven stefan steve
stuart stewart stu
susan susanne suzanne sue suzy
terence terrence terry
theodore ted theo
theresa teresa terry tess
thomas tom tommy
timothy tim
ulrich uli
valerie val
victoria vicky
victor vic
vincent vince vin
vladimir volodya
walter walt
wilhelm willi willy
william bill will billy liam
wolfgang wolf
yuri yury yurij
zachary zach zack
"""

_GROUPS: dict[str, set[int]] = {}
for _number, _line in enumerate(_FORMS.strip().splitlines()):
    for _word in _line.split():
        _GROUPS.setdefault(_word, set()).add(_number)


def are_forms_of_one(a: str, b: str) -> bool:
    """Whether two folded given names are in one family of forms: "bob" and "robert"."""
    return not _GROUPS.get(a, _NONE).isdisjoint(_GROUPS.get(b, _NONE))


def families_of(word: str) -> frozenset[int]:
    """Numbers of the families that a folded given name is in; none for most names."""
    return frozenset(_GROUPS.get(word, _NONE))


_NONE: set[int] = set()


_LINES = [line.split() for line in _FORMS.strip().splitlines()]


def other_forms(word: str) -> set[str]:
    """The other forms of a folded given name in the table."""
    return {form for number in families_of(word) for form in _LINES[number]} - {word}
