"""The domain's tables 招商会所用物品表 and 会场分区布置表, as the office writes them, in both languages."""

from app.models import QuantityRule as R

THEME = ("主题", "theme")
# key, name (zh, en), rule, number, words of the note (zh, en)
MATERIALS = (
    ("pop_posters", ("会议现场POP", "pop posters"), R.FIXED, 15, THEME),
    ("roll_ups", ("易拉宝", "roll-up banners"), R.FIXED, 15, THEME),
    ("hanging_banners", ("条幅", "hanging banners"), R.FIXED, 2, THEME),
    ("arches", ("拱门", "inflatable arches"), R.FIXED, 2, THEME),
    ("reception_tables", ("接待桌", "reception tables"), R.FIXED, 2, None),
    ("stage_backdrop", ("会议背板", "stage backdrop"), R.FIXED, 1, ("协办", "co-organizers")),
    ("direction_signs", ("会场向导牌", "direction signs"), R.BY_SITE, 0, ("楼层", "floor")),
    ("exclusive_plaques", ("独家分销商铭牌", "exclusive-dealer plaques"), R.PER_EXCLUSIVE_DEALER, 1, None),
    ("tote_bags", ("手提袋", "tote bags"), R.PER_GUEST, 1, ("五", "five parts")),
    ("signature_board", ("签名板", "signature board"), R.FIXED, 1, None),
    ("rostrum_name_cards", ("主席台姓名台卡", "name cards for the rostrum"), R.PER_ROSTRUM, 1, None),
    ("badges", ("分销商的胸卡", "attendee badges"), R.PER_GUEST, 1, None),
    ("company_logos", ("企业标志", "company logos"), R.AS_PLANNED, 0, None),
    ("wall_boards", ("墙面形象展示牌", "wall display boards"), R.AS_PLANNED, 0, None),
    ("work_clothes", ("职业装", "work clothes"), R.PER_STAFF, 1, ("尺码", "by size")),
    ("licences", ("营业执照、税务登记证、ICP许可证", "licences"), R.AS_NEEDED, 0, ("索要", "dealers who ask")),
)
IN_TOTE_BAG = (
    ("joining_handbook", ("加盟手册", "joining handbook")),
    ("product_handbook", ("产品手册", "product handbook")),
    ("leaflet", ("三折页", "tri-fold leaflet")),
    ("phase_one_plan", ("一期规划图", "phase-one plan")),
    ("disc", ("宣传光盘", "promotional disc")),
)
# key, name (zh, en), words of the tasks (zh, en)
ZONES = (
    (
        "stage",
        ("主席台区", "stage area"),
        (
            ("背板", "backdrop"),
            ("主席台桌", "rostrum table"),
            ("投影", "projector and screen"),
            ("笔记本电脑", "laptop"),
            ("主持人讲台", "host’s lectern"),
            ("话筒", "microphone"),
            ("音响", "sound"),
        ),
    ),
    (
        "seats",
        ("分销商区", "dealers’ seats"),
        (
            ("3 米", "3 m"),
            ("1.5 米", "1.5 m"),
            ("易拉宝", "ring round the hall"),
            ("桌子、笔、水", "tables, pens, water"),
            ("展示牌", "display boards on the walls"),
        ),
    ),
    (
        "entrance",
        ("大厅会场入口区", "entrance of the hall"),
        (
            ("台阶", "steps"),
            ("10–15 米", "10–15 m"),
            ("工作台", "work desk"),
            ("产品实物", "real product"),
            ("展台两侧", "both sides of the display"),
        ),
    ),
)
WORK_DESK = (
    ("入会手续", "entry formalities"),
    ("资料发放", "material hand-out"),
    ("咨询", "questions"),
    ("推荐", "recommending"),
    ("引导", "guiding"),
)
HALL = (
    ("舒适", "comfortable"),
    ("温度", "temperature"),
    ("压抑", "oppressive"),
    ("安静", "quiet"),
    ("明亮", "well lit"),
    ("座位", "seats"),
    ("音响", "sound"),
    ("投影", "projector and screen"),
    ("白板", "whiteboard"),
    ("讲台", "standing lectern"),
    ("浅灰", "light grey"),
    ("红", "red"),
)
