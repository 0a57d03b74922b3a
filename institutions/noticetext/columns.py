"""What the columns of a notice's tables are called: 机构名称, 变更后名称, 所属区, 终止日期 …

Knows which field of an entry a heading means. It hides the many words for one thing.
"""

import re
from functools import lru_cache

_COLUMNS = (
    ("number", r"^(?:序号?|编?号|No\.?|NO\.?|no|#|排序)$"),
    (
        "new_name",
        r"(?:变更后|更名后|现|新|更改后|调整后|修改后)(?:的)?(?:机构|单位|医院|药店)?(?:名称|全称|名)|^(?:更名后|现名|现名称|新名称)(?:内容)?$",
    ),
    ("after", r"^(?:变更|变动|调整|修改)后(?:内容|信息|事项|情况)?$"),
    ("before", r"^(?:变更|变动|调整|修改)前(?:内容|信息|事项|情况)?$"),
    (
        "name",
        r"(?:变更前|更名前|原|曾用|更改前|调整前)(?:的)?(?:机构|单位|医院|药店|定点)*(?:名称|全称|名)|^(?:更名前|原名)(?:内容)?$",
    ),
    (
        "name",
        r"被(?:合并|并入|撤并|整合|兼并)的?(?:机构|单位|医院|方)?|(?:合并|并入)前的?(?:机构|单位|医院)",
    ),
    ("merged_into", r"并入|合并后|合并至|承接(?:机构|单位)"),
    ("agency", r"经办|主管|管理(?:部门|机构|单位)|统筹区|监管"),
    (
        "district",
        r"^(?:所[属在])?[区县市旗盟、/（）]{2,7}(?:名称|别)?$|^(?:所[属在])?(?:行政)?(?:区划?|县区?|区县|县市区?|市县区?|区市县|辖区|地区|区域|城区|县（市、?区）|区（县、?市?）|区县（市）|属地|片区|市、县|所在区县?|所属区县?|县市)(?:名称)?$|^所[属在](?:区|县|辖|地区|城区)",
    ),
    ("address", r"地址|住址|地点|位置"),
    ("phone", r"电话|联系方式|号码"),
    ("person", r"联系人|负责人|法人|法定代表人"),
    ("grade", r"等级|级别|医院级"),
    ("code", r"编码|代码|编号"),
    (
        "valid_to",
        r"(?:协议|有效)?(?:截止|终止|到期|结束)(?:日期|时间).*协议期|有效期(?:至|止)|截止(?:日期|时间)|到期(?:日期|时间)",
    ),
    ("term", r"有效期|协议期|起止|期限|协议(?:时间|年限)"),
    ("valid_from", r"(?:协议|有效期)?(?:开始|起始)(?:日期|时间)"),
    (
        "effective_date",
        r"(?:批准|生效|执行|变更|更名|终止|解除|取消|暂停|中止|恢复|注销|退出|新增|纳入|签订|签约|开通|定点|确定|合并)(?:日期|时间)|^(?:日期|时间)$",
    ),
    ("reason", r"原因|事由|理由"),
    (
        "action",
        r"(?:变更|变动|调整|处理|业务|办理|申请)(?:类型|事项|情况|类别|结果|方式)|处理(?:意见|决定)|^(?:状态|动作|操作|事项)$",
    ),
    (
        "category",
        r"(?:机构|定点|医疗机构|服务|单位|协议|医药机构)(?:类别|类型|种类|性质)|^(?:类别|类型|定点项目|服务项目)$",
    ),
    ("ownership", r"所有制|经济性质|经营性质|公立|^性质$|举办"),
    ("note", r"备注|说明"),
    (
        "name",
        r"(?:机构|医院|药店|单位|药房|企业|门诊|诊所|网点|接种点|采样点|检测点|中心|卫生院|点位|定点)(?:名称|全称|名|名单)|^(?:名称|医院|机构|医疗机构|药店|零售药店|单位|全称|接种单位|定点医院|定点药店|定点机构|定点医疗机构|医药机构|定点医药机构|定点零售药店|接种点|采样点|检测机构|采样机构|采样地点|发热门诊)$",
    ),
)
_COMPILED = tuple((column, re.compile(pattern)) for column, pattern in _COLUMNS)


@lru_cache(maxsize=4096)
def column_of(word: str) -> str:
    """The field that a column of this heading fills; `other` when none does."""
    return next((column for column, pattern in _COMPILED if pattern.search(word)), "other")


def sides_of(columns: list[str]) -> int:
    """How often the same columns stand side by side, as where a long list is set in two halves."""
    times = columns.count("name")
    width = len(columns) // times if times else 0
    return times if times > 1 and columns == columns[:width] * times else 1


def settled(columns: list[str]) -> list[str]:
    """变更前 and 变更后 are the names where no other column is; else what a row's name was changed in."""
    if "name" in columns or "before" not in columns or "after" not in columns:
        return columns
    meant = {"before": "name", "after": "new_name"}
    return [meant.get(column, column) for column in columns]
