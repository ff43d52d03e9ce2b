"""Writes src/blogark/dates.json: the words of printed dates, from CLDR (by Babel) and from what blogs print beside it.

    python bench/make_date_tables.py

months  a folded word (see `printed.fold`) → its month; where languages differ, language → month. 101–112 are Jalali.
kinds   what a word is in a date, one letter each (see `printed._shapes`) → the words.
zeros   the digit nought of every script that blogs count in; the other nine follow it in Unicode.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import babel
from babel import Locale

from blogark.printed import fold

TABLE = Path(__file__).parent.parent / "src" / "blogark" / "dates.json"

# The interface languages of Blogger and WordPress that use the Gregorian months.
LOCALES = (
    "af", "am", "ar", "ar_DZ", "ar_EG", "ar_IQ", "ar_LB", "ar_MA", "ar_TN", "az", "be", "bg", "bn", "bs", "ca",
    "cs", "cy", "da", "de", "de_AT", "el", "en", "en_AU", "en_CA", "en_GB", "eo", "es", "es_MX", "et", "eu", "fa",
    "fi", "fil", "fr", "fr_CA", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk",
    "km", "kn", "ko", "lb", "lo", "lt", "lv", "mk", "ml", "mr", "ms", "my", "nb", "ne", "nl", "nn", "pa", "pl",
    "pt", "pt_PT", "ro", "ru", "si", "sk", "sl", "sq", "sr", "sr_Latn", "sv", "sw", "ta", "te", "th", "tr", "uk",
    "ur", "uz", "uz_Cyrl", "vi", "zh", "zh_Hant", "zu",
)  # fmt: skip

# Month names that CLDR has not, or has no more: language, month, words (_ for a space).
MORE = """
en 9 sept
de 1 jänner jän
de 2 feber
de 3 mrz
es 9 setiembre set sept
pt 3 marco
fr 8 aou
nl 3 mrt
pl 2 luty lutego
ru 5 май мая
ru 9 сент сен
ru 11 ноя нояб
id 2 pebruari peb
id 8 agt ags agu agus
id 11 nopember nop
ms 8 ogos
tr 8 agustos
ro 11 noiembrie nov
he 3 מרס מארס במרס במרץ
he 8 אוגוסט באוגוסט
ar 1 كانون_الثاني يناير جانفي
ar 2 شباط فبراير فيفري
ar 3 آذار مارس
ar 4 نيسان أبريل إبريل أفريل
ar 5 أيار مايو ماي ماى
ar 6 حزيران يونيو يونيه جوان
ar 7 تموز يوليو يوليه جويلية يوليوز
ar 8 آب أغسطس أوت غشت
ar 9 أيلول سبتمبر شتنبر
ar 10 تشرين_الأول أكتوبر
ar 11 تشرين_الثاني نوفمبر نونبر
ar 12 كانون_الأول ديسمبر دجنبر
fa 1 ژانویهٔ ژانویه
fa 7 جولای
fa 8 آگوست
fa 9 سپتامبر
fa 12 دسامبر
hi 1 जन
hi 9 सितंबर सितम्बर
hi 11 नवंबर नवम्बर
hi 12 दिसंबर दिसम्बर
vi 1 tháng_giêng tháng_một
vi 2 tháng_hai
vi 3 tháng_ba
vi 4 tháng_tư tháng_bốn
vi 5 tháng_năm
vi 6 tháng_sáu
vi 7 tháng_bảy
vi 8 tháng_tám
vi 9 tháng_chín
vi 10 tháng_mười
vi 11 tháng_mười_một
vi 12 tháng_mười_hai tháng_chạp
fa 101 فروردین
fa 102 اردیبهشت
fa 103 خرداد
fa 104 تیر
fa 105 مرداد امرداد
fa 106 شهریور
fa 107 مهر
fa 108 آبان
fa 109 آذر
fa 110 دی
fa 111 بهمن
fa 112 اسفند
"""

# What other words are in a date. The earlier line wins a word, but months win over all.
KINDS = {
    "Y": "年 년", "m": "月 월", "d": "日 일 号 號", "H": "時 时 点 點 시", "n": "分 분 min", "s": "秒 초", "h": "h",
    "E": "平成 令和 昭和 大正 民國 民国", "I": "元", "t": "t",
    "V": "v ver version release build",
    "g": "г р год года році року рік god godine gada roku rok m м ж ж. жылы թ წ წელი оны",
    "o": "st nd rd th er re eme ème го ое й ste an",
    "f": "º ª ב de del d' of the la le el du da den der dne dia día ngày năm e ko พ.ศ. ค.ศ. ที่ on um en i y"
         " om o kl klo στις pukul lúc alle at à a ás às as las в о у الساعة بשעה jam uur ore oras vers ved d",
    "w": "월요일 화요일 수요일 목요일 금요일 토요일 일요일 chủ nhật thứ feira dydd"
         " 月曜 火曜 水曜 木曜 金曜 土曜 日曜"
         + "".join(f" {week}{day}" for week in ("週", "周", "礼拜", "禮拜") for day in "一二三四五六日天"),
    "a": "am pm a.m. p.m. 오전 오후 午前 午後 上午 下午 凌晨 早上 晚上 中午 傍晚 ص م sa ch",
    "z": "utc gmt z kst jst est edt cst cdt mst mdt pst pdt cet cest bst msk uhr",
    "v": "月 火 水 木 金 土 日 一 二 三 四 五 六 월 화 수 목 금 토 일",
}  # fmt: skip

ZEROS = "٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐０"


def locales() -> Iterator[tuple[str, Locale]]:
    for name in LOCALES:
        yield name.partition("_")[0], Locale.parse(name)


def forms(name: str, lang: str) -> Iterator[str]:
    """`name` as it may stand in a date: glued to Hebrew "in"; in the Basque genitive."""
    bare = fold(name)
    yield bare
    yield {"he": "ב" + bare, "eu": bare + "ren"}.get(lang, bare)


def named(lang: str, locale: Locale) -> Iterator[tuple[str, int]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():
                yield from ((form, month) for form in forms(name, lang) if " " not in form or lang in {"ar", "vi"})


def printed() -> Iterator[tuple[str, str, int]]:
    """Language, folded word, month."""
    for lang, locale in locales():
        yield from ((lang, word, month) for word, month in named(lang, locale))
    for line in MORE.strip().splitlines():
        lang, month, *words = line.split()
        yield from ((lang, fold(word.replace("_", " ")), int(month)) for word in words)
    for month in range(1, 13):
        yield from (("vi", f"{word} {month:{width}}", month) for word in ("thang", "thg") for width in ("", "02"))


def months() -> dict[str, Any]:
    """Each word's month; by language where they differ. Numbers are no names, but for the Vietnamese."""
    by: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for lang, word, month in printed():
        if (len(word) > 1 or word > "\u1000") and (lang == "vi" or not any(c.isdigit() for c in word)):
            by[word][lang] = month if by[word].get(lang, month) == month else 0
    return {word: agreed(by[word]) for word in sorted(by)}


def agreed(month: dict[str, int]) -> int | dict[str, int]:
    return next(iter(month.values())) if len(set(month.values())) == 1 else dict(sorted(month.items()))


def weekdays(width: str) -> Iterator[str]:
    for _, locale in locales():
        for context in ("format", "stand-alone"):
            for name in locale.days[context][width].values():
                yield from (word for word in map(fold, name.replace("-", " ").split()) if len(word) > 1)
    if width == "wide":  # Thai dates say "on Monday the": วันจันทร์ที่
        yield from (fold(name + "ที่") for name in Locale.parse("th").days["format"]["wide"].values())


def halves() -> Iterator[str]:
    for _, locale in locales():
        for half in ("am", "pm"):
            name = locale.day_periods["format"]["abbreviated"].get(half, "")
            yield from (word for word in fold(name).split() if len(word) > 1)


def kinds(taken: dict[str, Any]) -> dict[str, str]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    seen = {word for word in taken if " " not in word}
    more = {"w": weekdays("wide"), "a": halves(), "v": weekdays("abbreviated")}
    for kind, words in KINDS.items():
        for word in [*map(fold, words.split()), *sorted(set(more.get(kind, ())))]:
            if word not in seen and not any(c.isdigit() for c in word):
                seen.add(word)
                found[kind].append(word)
    return {kind: " ".join(words) for kind, words in found.items()}


def table() -> dict[str, Any]:
    names = months()
    made = f"bench/make_date_tables.py, Babel {babel.__version__}"
    return {"made": made, "zeros": ZEROS, "kinds": kinds(names), "months": names}


def text() -> str:
    return json.dumps(table(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TABLE.write_text(text(), encoding="utf-8")
