"""How likely a text is in each encoding: by its letters for Western ones, by the zones of its bytes for Chinese,
Japanese and Korean ones, whose commonest characters stand together.

Likelihoods are natural logarithms for each byte above 127, so that encodings can be compared.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .listed import by_value

# How often letters beyond a–z are met, in texts that have them: rough shares, only their order matters.
WESTERN = {
    "éü": 12, "’": 8, "“”": 6, "–": 3,
    "äöóí": 8, "èàñáå": 6, "ßçãú": 4, "êøæ": 3, "âîôõ": 2.5, "°": 1, "ÉÄÖÜ": 1, "€£§«»´": 0.5,
    "ùòìïëûœÅØÆÁÓÍÚÇÑÀÈÊ": 0.5, "ð": 2, "þý": 1, "²³µ": 0.5, "\xa0½·—…‘": 0.3,
}  # fmt: skip
CENTRAL = {
    "áéíó": 7, "łęążś": 5, "ěščřž": 4, "ćńůýö": 2, "őüäú": 2.5, "ŕľĺňťďźűăâîşţđô": 0.7, "ŁŚŻČŠŽŘÁÉÍÓÖÜ": 0.8,
    "„”–\xa0°’": 0.5,
}  # fmt: skip
TURKISH = {"ı": 15, "şüğç": 9, "ö": 6, "İŞÜÖÇĞ": 2, "â’": 0.5}
BALTIC = {"āēīūš": 6, "ėžčąęų": 5, "įļņķģ": 2, "äöõü": 2, "ŠŽČĀĒĪŪĖ": 0.8, "„“–\xa0°’": 0.5}
RUSSIAN = {
    "оеаинтсрвл": 6, "кмдпуяыьгзбчйхжш": 2, "юцщэфъёієїґ": 0.5, "АБВГДЕЗИКЛМНОПРСТУФХЧШ": 0.4,
    "ЖЙЦЩЪЫЬЭЮЯЁ№«»—–": 0.1,
}  # fmt: skip
GREEK = {
    "αοιετσνηυρπκμλς": 5, "ίάόέήύώθδγχωφβξζψ": 2, "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ": 0.4, "ΆΈΉΊΌΎΏϊϋΐΰ": 0.1,
}  # fmt: skip
HEBREW = {"אבגדהוזחטיכלמנסעפצקרשת": 3, "םןףךץ": 0.8}
ARABIC = {"اليمنروتبة": 6, "عدفسكقحهجشطصخذزضغظثأإآىءئؤ": 2, "پچژگک،؟": 0.2}
THAI = {"านรกอเงมยลวดทสตะปบคห่้ีิัแ์ไ": 4, "ขชพผฟซณจถธภศษญฉฝโใุูืๆ": 0.7}

# Of two that are equally likely the first is taken: the more common ones come first.
SINGLE_BYTE: Mapping[str, tuple[Mapping[str, float], bool]] = {
    "cp1252": (WESTERN, False),
    "cp1251": (RUSSIAN, True),
    "cp1250": (CENTRAL, False),
    "cp1254": (TURKISH, False),
    "cp1257": (BALTIC, False),
    "cp1253": (GREEK, True),
    "cp1255": (HEBREW, True),
    "cp1256": (ARABIC, True),
    "koi8_r": (RUSSIAN, True),
    "cp866": (RUSSIAN, True),
    "cp850": (WESTERN, False),
    "cp852": (CENTRAL, False),
    "mac_roman": (WESTERN, False),
    "iso8859_2": (CENTRAL, False),
    "iso8859_5": (RUSSIAN, True),
    "cp874": (THAI, True),
    "cp857": (TURKISH, False),
}
# What an encoding costs that is seldom met today.
RARITY = {
    "cp850": 0.5,
    "cp852": 0.5,
    "cp857": 0.5,
    "mac_roman": 0.5,
    "iso8859_2": 0.3,
    "iso8859_5": 0.5,
    "cp1255": 0.3,
    "cp874": 1.0,
    "cp1257": 1.9,
    "koi8_r": 0.3,
    "cp866": 0.3,
}
# How unlikely an encoding is before a letter is looked at: natural logarithms for the whole text, so that they
# decide for a lone “ö” and hardly count for a page.
FILE_PRIORS: Mapping[str, float] = by_value(
    {
        0: "cp1252",
        0.5: "gb18030",
        1: "cp932 big5 cp949",
        1.5: "cp1251",
        2: "cp1250",
        2.5: "cp1254 cp1253",
        3: "cp1257 cp1255 cp1256 cp850",
        4: "cp874 euc_jp",
        5: "koi8_r cp866 cp852 mac_roman",
        6: "iso8859_2 cp857",
        7: "iso8859_5",
    }
)
# Names in a ZIP: Windows writes them as its console would, a Mac never does without saying that they are UTF-8.
NAME_PRIORS: Mapping[str, float] = by_value(
    {
        0: "cp850 gb18030",
        0.5: "cp932 big5 cp949",
        1: "cp866",
        2: "cp852 cp857 cp1252",
        2.5: "cp1251",
        3: "cp874",
        4: "cp1250 cp1254",
        5: "cp1257 cp1253 cp1255 cp1256 euc_jp",
        9: "koi8_r mac_roman iso8859_2 iso8859_5",
    }
)
UNLISTED_LETTER = 0.03  # beside the weights above
SIGN = 0.005  # ©, ¬, ╠ …
NEIGHBOURS = (
    2.0  # what it costs that a letter stands where such letters do not: é beside é, ж beside z
)


@dataclass(frozen=True)
class Zone:
    """Characters of two bytes that are met equally often. lead, trail: first and last byte; share: of all."""

    lead: tuple[int, int]
    trail: tuple[int, int]
    share: float


HIGH = (0xA1, 0xFE)
LOW_TRAIL = (0x40, 0x7E)
TWO_BYTES: Mapping[str, tuple[Zone, ...]] = {
    "gb18030": (
        Zone((0xB0, 0xD7), HIGH, 0.93),  # the 3,755 commonest
        Zone((0xD8, 0xF7), HIGH, 0.03),
        Zone((0xA1, 0xA3), HIGH, 0.035),
        Zone((0x81, 0xFE), (0x40, 0xFE), 0.005),
    ),
    "big5": (
        Zone((0xA4, 0xC6), LOW_TRAIL, 0.40),
        Zone((0xA4, 0xC6), HIGH, 0.55),
        Zone((0xA1, 0xA3), (0x40, 0xFE), 0.035),
        Zone((0xC9, 0xF9), (0x40, 0xFE), 0.015),
    ),
    "cp932": (
        Zone((0x82, 0x82), (0x9F, 0xF1), 0.42),  # hiragana
        Zone((0x83, 0x83), (0x40, 0x96), 0.14),  # katakana
        Zone((0x88, 0x97), (0x40, 0xFC), 0.38),
        Zone((0x81, 0x81), (0x40, 0xFC), 0.04),
        Zone((0x98, 0xFC), (0x40, 0xFC), 0.02),
    ),
    "euc_jp": (
        Zone((0xA4, 0xA4), HIGH, 0.42),
        Zone((0xA5, 0xA5), HIGH, 0.14),
        Zone((0xB0, 0xCF), HIGH, 0.38),
        Zone((0xA1, 0xA3), HIGH, 0.04),
        Zone((0xD0, 0xF4), HIGH, 0.02),
    ),
    "cp949": (
        Zone((0xB0, 0xC8), HIGH, 0.96),
        Zone((0xA1, 0xAC), HIGH, 0.02),
        Zone((0xCA, 0xFD), HIGH, 0.01),
        Zone((0x81, 0xFE), (0x41, 0xFE), 0.01),
    ),
}
# Characters that names of columns and everyday words are made of: short texts are told apart by them.
SIMPLIFIED = (
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日"
    "于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美"
    "点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少"
    "关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金"
    "何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算"
    "论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革"
    "深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形"
    "委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏证编类别价格面积楼层龄资号姓职称销售额"
    "猫狗鸟鱼牛羊猪鸡鸭虎狮熊猴兔鼠蛇龙树草叶果苹香蕉梨桃橙莓番茄豆瓜菜米花蚂蚁蜜蜂蝶虫车船飞机图片病健康叶锈斑"
    "客户状态含税率评分男否性别温湿省县街标签序备注规型均最低总额款订库存"
)
TRADITIONAL = (
    "的一是不了在人有我他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可里後小麼心多天而能好都然沒日"
    "於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美"
    "點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少"
    "關並內加化由卻代軍產入先山五太水萬市眼體別處總才場師書比住員九性通目華報立馬命張活難神數件安表原車白應路期台灣縣區價格"
    "貓狗鳥魚牛羊豬雞鴨虎獅熊猴兔鼠蛇龍樹草葉果蘋香蕉梨桃橙莓番茄豆瓜菜米花咪圖片車船飛機"
    "積樓層齡資薪號姓職稱銷售額客戶狀態率評男女否溫濕省街標籤序備註規型均低款訂庫存離"
)
JAPANESE = (
    "のはをにがとでもないたてしるれこくすんまらきりよさうあかけいえおわだどめせそつちみやゆむねほへアイウエオカキクケコサシスセソタチ"
    "ツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンガギグゲゴザジズゼゾダデドバビブベボパピプペポッャュョー"
    "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米"
    "力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公持野協取"
    "都和統以機平総加山思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際"
    "査勝面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男基私各始"
    "島直両朝革価式確村提運終挙果西勢減台広容必応演電歳住争談能無再位置企真流格有疑口過局少放税検藤町常校料沢裁状工建語球営空職"
    "猫犬鳥魚馬牛羊豚鶏虎熊猿兎蛇花木草葉果林桜菊蝶虫車船飛病健康写真画像"
    "年齢給退姓番号種類額率店客型式温湿度県駅線速量体重身長性別血液歳番組距離札幌福岡阪古屋"
)
KOREAN = (
    "이다는가을의에고하지로한도은사자를기리어대인수있나아해서정시일라들보전그부과것주면상장구거여스만으성유비제소경관조원동안무마"
    "세공신국내진구방선오년모연간말게미위분와실회문화출생요물발음력행복당개바민심용산단교학식통강습금월급계업현려재남며여건추차"
    "서울부산대구인천광주퇴나직번호이름날짜가격면적층수량매출지역시간온도습도평균합계총판값종류등급상태성별나이키몸무게급여"
)
COMMON: Mapping[str, str] = {
    "gb18030": SIMPLIFIED,
    "big5": TRADITIONAL,
    "cp932": JAPANESE,
    "euc_jp": JAPANESE,
    "cp949": KOREAN,
}
COMMON_SHARE = 0.7  # of all characters
NO_CHARACTER = -14.0  # for two bytes that are none
CODECS = {"big5": "big5hkscs"}  # Python's name for what Windows writes


@lru_cache(maxsize=32)
def letter_scores(encoding: str) -> np.ndarray:
    """The likelihood of every byte in an encoding of one byte a letter; NaN where there is none. Out: (256,)."""
    weights, _ = SINGLE_BYTE[encoding]
    by_letter: dict[str, float] = {}
    for letters, weight in weights.items():
        for letter in letters:
            by_letter[letter] = weight
    shares = np.full(256, np.nan)
    for byte in range(128, 256):
        letter = bytes([byte]).decode(encoding, "replace")
        if letter == "\ufffd" or ("\x80" <= letter < "\xa0"):
            continue
        usual = UNLISTED_LETTER if letter.isalpha() else SIGN
        shares[byte] = by_letter.get(letter, usual)
    return np.asarray(np.log(shares / np.nansum(shares)))


@lru_cache(maxsize=32)
def letter_bytes(encoding: str) -> np.ndarray:
    """Which bytes above 127 are letters. Out: bool (256,)."""
    are_letters = [bytes([byte]).decode(encoding, "replace").isalpha() for byte in range(256)]
    return np.array(are_letters) & (np.arange(256) > 127)


@lru_cache(maxsize=8)
def pair_scores(encoding: str) -> np.ndarray:
    """The likelihood of every two bytes in an encoding of two bytes a character. Out: (256, 256)."""
    scores = np.full((256, 256), NO_CHARACTER)
    for zone in reversed(
        TWO_BYTES[encoding]
    ):  # the most particular zone comes last, over the others
        first, last = zone.lead
        low, high = zone.trail
        n_characters = (last - first + 1) * (high - low + 1)
        share = zone.share * (1 - COMMON_SHARE)
        scores[first : last + 1, low : high + 1] = math.log(share / n_characters)
    common = set(COMMON[encoding])
    for character in common:
        lead, trail = character.encode(CODECS.get(encoding, encoding))
        scores[lead, trail] = math.log(COMMON_SHARE / len(common))
    return scores
