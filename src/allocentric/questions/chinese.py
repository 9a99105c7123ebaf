"""Questions in Chinese: what things and sides are called, and templates filled with that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from string import Formatter
from typing import Final

from allocentric.answers.kinds import Expected

_LABELS: Final = """
apple 苹果, armchair 扶手椅, backpack 背包, banana 香蕉, basket 篮子, bathtub 浴缸, bed 床,
bench 长凳, book 书, bookshelf 书架, bowl 碗, box 盒子, cabinet 柜子, chair 椅子, clock 时钟,
coffee table 茶几, counter 台面, cup 杯子, curtain 窗帘, desk 书桌, dishwasher 洗碗机, door 门,
dresser 抽屉柜, fireplace 壁炉, floor lamp 落地灯, fridge 冰箱, heater 暖气, kettle 水壶,
keyboard 键盘, lamp 灯, laptop 笔记本电脑, microwave 微波炉, mirror 镜子, monitor 显示器,
nightstand 床头柜, orange 橙子, oven 烤箱, picture 画, pillow 枕头, plant 植物, plate 盘子,
printer 打印机, refrigerator 冰箱, rug 地毯, shelf 搁架, sink 水槽, sofa 沙发, stool 凳子,
stove 炉灶, suitcase 行李箱, table 桌子, toaster 烤面包机, toilet 马桶, towel 毛巾, trash can 垃圾桶,
tv 电视, tv stand 电视柜, vase 花瓶, wall 墙, wardrobe 衣柜, washer 洗衣机, washing machine 洗衣机,
window 窗户, bathroom 浴室, bedroom 卧室, hall 走廊, kitchen 厨房, living room 客厅, study 书房
"""
_SIDES: Final = """
front-left 左前方, front-right 右前方, back-left 左后方, back-right 右后方, left 左边, right 右边,
back 后面, front 前面, above 上方, below 下方, north 北, northeast 东北, east 东, southeast 东南,
south 南, southwest 西南, west 西, northwest 西北
"""


def _table(text: str) -> dict[str, str]:
    rows = (each.strip().rpartition(" ") for each in text.replace("\n", " ").split(",") if each.strip())
    return {english.strip(): chinese for english, _, chinese in rows}


WORDS: Final[dict[str, str]] = _table(_LABELS) | _table(_SIDES)
"""What the things of the made worlds, their rooms, and the sides of an observer are called."""


def fill(template: str, slots: Mapping[str, str], options: tuple[str, ...]) -> str | None:
    """A template with its slots in Chinese, `{options}` being those offered; None where a word is not known.

    >>> fill("{a}离{b}有多远？", {"a": "sofa", "b": "tv"}, ())
    '沙发离电视有多远？'
    """
    held = dict[str, str]()
    for _, slot, _, _ in Formatter().parse(template):
        if slot is None:
            continue
        wanted = options if slot == "options" else (slots[slot],)
        if not all(each in WORDS for each in wanted):
            return None
        held[slot] = "、".join(WORDS[each] for each in wanted)
    return template.format_map(held)


def in_chinese(expected: Expected) -> Expected | None:
    """What is expected, with its options in Chinese; None where a word is not known, or two are one."""
    if not all(each in WORDS for each in expected.options):
        return None
    options = tuple(WORDS[each] for each in expected.options)
    return replace(expected, options=options) if len(set(options)) == len(options) else None


def in_english(expected: Expected) -> Expected:
    """What is expected, with its options in English again.

    >>> in_english(Expected("choice", ("左边", "右边"))).options
    ('left', 'right')
    """
    back = {chinese: english for english, chinese in reversed(WORDS.items())}
    return replace(expected, options=tuple(back.get(each, each) for each in expected.options))
