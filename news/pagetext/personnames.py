"""What a person's name looks like in a Chinese credit line.

Knows the surnames and the shapes of names (two to four characters, names with a middle dot, names padded
with a space to the width of three). It hides how a name is told from an ordinary word: by its surname.
"""

import re

# The surnames of the Hundred Family Surnames that are in use, and the common ones that it lacks.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰仲伊宫宁仇栾"
    "暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂"
    "濮牛寿通边扈燕冀浦尚农温庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡文寇广禄阙东欧殳沃利蔚越师巩"
    "聂晁勾敖融冷訾辛阚那简饶曾沙丰关蒯相查荆红游竺权盖益桓公肖佟付闫楚代谌苟涂岳帅亓覃卿钦原佘仝禤阳兰苑尧矫展由冼揭粟"
    "铁闪海买米丽热阿玉次才扎"
)
_COMPOUND = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 夏侯 端木 南宫 独孤 轩辕 百里 呼延 拓跋"
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
# Words after 记者, 编辑 … that begin with a surname and are no name.
_ORDINARY = (
    "连线 时评 安全 安排 方法 方案 方面 任务 高温 高考 金融 江南 黄河 黄金 马上 成立 成功 常委 计划 经验 经济 明察 明天 "
    "应对 向前 关注 关于 满意 解读 解析 通过 通报 通知 通讯 连续 相关 强调 谈话 路上 都在 全程 全国 全省 全市 全体 平台 "
    "和平 文化 文明 文章 文旅 文字 东西 海外 海报 易懂 单位 双节 万名 万人 广场 广告 充电 白天 红色 农村 农业 温暖 温馨 "
    "居民 师生 利用 越来越 别样 公园 公交 公共 公布 包括 古城 古镇 权威 原创 原来 阳光 管理 都市 何时 何以 何处 家长 "
    "宣传 宣布 干部 干货 时间 时刻 时代 明年 明日 富裕 荣获 惠民 游客 查看 闻讯 于是 步行 展示 展览 展开 展望 由来 "
    "相册 相约 解密 探访 热线 热点 热议 热门 阿姨 玉米 次日 才能 铁路 铁军 买房 买票 丽人"
)
NOT_NAMES = frozenset(_ORDINARY.split())

HAN = r"㐀-䶿一-鿿〇\U00020000-\U0003ffff"
_PLAIN = re.compile(rf"[{HAN}]{{2,4}}")
_LONG = re.compile(rf"[{HAN}]{{2,8}}")
_DOTTED = re.compile(rf"[{HAN}]{{1,10}}(?:[·•・．][{HAN}]{{1,12}}){{1,4}}")
_LATIN = re.compile(r"[A-Z][A-Za-z.'-]{1,20}")
_SINGLE = re.compile(rf"[{HAN}]")


def has_surname(word: str) -> bool:
    """The word begins with a Chinese surname and is not one of the ordinary words that do so too."""
    return word not in NOT_NAMES and (word[:1] in SURNAMES or word[:2] in COMPOUND_SURNAMES)


def is_name(word: str, *, trusted: bool) -> bool:
    """The word can be a person's name.

    Where the surroundings already say that names must stand here (`trusted`: brackets after a dateline, a
    colon after the role), any short run of Han characters or a capitalised Latin word will do. Elsewhere a
    known surname is asked for, so that 记者调查 stays a heading.
    """
    if _DOTTED.fullmatch(word):
        return True
    if trusted:
        return bool(_LONG.fullmatch(word) or _LATIN.fullmatch(word))
    return bool(_PLAIN.fullmatch(word)) and has_surname(word)


def unpadded(words: list[str]) -> list[str]:
    """Put names together that were padded with spaces: 杨　昇 stands as two single characters, 周 亚 宁 as three.

    `words` were separated by spaces only. A single character is joined to the word after it; an odd number of them in
    a row ends with a name of three.
    """
    joined: list[str] = []
    singles: list[str] = []
    for word in [*words, ""]:
        if _SINGLE.fullmatch(word):
            singles.append(word)
            continue
        if len(singles) == 1 and word:
            joined.append(singles[0] + word)
        else:
            joined += [*_paired(singles), word]
        singles = []
    return [name for name in joined if name]


def _paired(singles: list[str]) -> list[str]:
    """Single characters in a row as names of two, the last of them of three where their number is odd."""
    count = max(1, len(singles) // 2)
    starts = [2 * number for number in range(count)]
    ends = [*starts[1:], len(singles)]
    return ["".join(singles[start:end]) for start, end in zip(starts, ends, strict=True)]
