"""Whose name a unit's name is: surnames, and the words that only organisations have in theirs.

- 2 to 4 Chinese characters that begin with a surname and hold no word of an organisation are a person's name, as are
  names with a middle dot. Where it could be either (a shop called 金色年华), it is taken for a person's: what was
  hidden can be shown later, what was shown cannot be hidden any more.
"""

import re

_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙"
    "宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌"
    "微生梁丘左丘东门西门第五完颜纳兰叶赫那拉爱新富察钮祜欧侯尔朱耶律贺兰贺若"
)
COMPOUND = frozenset(map("".join, zip(_COMPOUND[::2], _COMPOUND[1::2], strict=True)))
SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花"
    "方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝"
    "明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝"
    "管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫"
    "乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍"
    "赖卓蔺屠蒙池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连"
    "茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾"
    "毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督晋楚闫法汝鄢涂钦岳帅缑亢况郈有琴商牟佘佴伯赏墨哈谯笪年爱阳佟"
    "言福肖付代覃闭苟揭区原卿初仝邸占战兰揣冼么青展戢矫麦尧萨宝撒户库门苑练由邝洛寻税鹿呼粟丑生衣丘曼蹇降"
)

_ENDS = re.compile("[店馆院所厂社场校站室厅吧铺屋部局坊浴队]$")
_WORDS = re.compile(
    "中心|公司|集团|超市|卫生|医疗|诊所|门诊|学校|小学|中学|大学|学院|幼儿|托儿|托育|美容|美发|理发|理容|美甲|美体|发艺|发型"
    "|造型|养生|护肤|足道|按摩|推拿|口腔|牙科|齿科|眼科|中医|体检|康复|药业|客栈|酒家|食堂|餐饮|快餐|小吃|公寓|民宿|农家|山庄"
    "|度假|影城|歌城|网咖|健身|游泳|洗浴|浴池|温泉|汗蒸|茶楼|商贸|商行|商务|商城|广场|大厦|市场|百货|服饰|家居|建材|五金|加油"
    "|驾校|培训|图书|博物|展览|水厂|供水|水务|实业|制品|制药|化工|矿业|煤矿|机械|器械|印刷|农场|防疫|疾控|防治|养老|敬老|幼教"
    "|物业|委会|工会|协会|连锁|分店|家[村庄寨沟]"
)
_ABSTRACT = re.compile("文化|工业|科技|生物|建筑|电子|合作|服务|基地|工程|监督|福利|联盟|政府|银行|形象|车队")
"""Words that some people have for a given name: of an organisation only where more stands beside them."""
_SHORT = 3
_HAN = "〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NAME = re.compile(f"[{_HAN}]{{2,4}}")
_DOTTED = re.compile(f"[{_HAN}]{{1,8}}(?:[·•・‧∙⋅.．][{_HAN}]{{1,8}}){{1,3}}")


def surname(name: str) -> str:
    """The surname that `name` begins with, blank where it is not a person's; of a dotted name its first character.

    >>> [surname(name) for name in ("张三", "欧阳小红", "阿卜杜拉·买买提", "丁宾馆", "甲", "清溪旅馆")]
    ['张', '欧阳', '阿', '', '', '']
    """
    is_plain = _NAME.fullmatch(name)
    if not is_plain and not _DOTTED.fullmatch(name):
        return ""
    if _ENDS.search(name) or _WORDS.search(name) or (len(name) > _SHORT and _ABSTRACT.search(name)):
        return ""
    if name[:2] in COMPOUND:
        return name[:2]
    return name[0] if name[0] in SINGLE or not is_plain else ""
