"""Readings that a pinyin dictionary gets wrong in names: surnames, place names and words of the trade.

Written by hand from the readings of the Xiandai Hanyu Cidian and from how the families say it. A reading is
one syllable with its tone as a digit, "ü" as "v". Where a surname is read two ways the more common one
comes first: it goes on the badge, and search finds the guest by either.
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for entry in text.split(","))
    return {word: tuple(readings) for word, *readings in entries}


# One character each; the readings are alternatives.
SINGLE = _table(
    "单 shan4 dan1, 單 shan4 dan1, 曾 zeng1, 仇 qiu2 chou2, 区 ou1, 區 ou1, 解 xie4 jie3, 查 zha1 cha2, "
    "盖 ge3 gai4, 蓋 ge3 gai4, 任 ren2, 朴 piao2 pu3, 乐 yue4 le4, 樂 yue4 le4, 覃 qin2 tan2, 翟 zhai2 di2, "
    "缪 miao4 mou2 mu4, 繆 miao4 mou2 mu4, 宓 mi4 fu2, 冼 xian3, 洗 xian3 xi3, 折 she2 zhe2, 种 chong2, "
    "秘 bi4 mi4, 员 yun4 yuan2, 員 yun4 yuan2, 贠 yun4, 黑 he4 hei1, 盛 sheng4, 召 shao4 zhao4, 燕 yan1, "
    "葛 ge3, 纪 ji3, 紀 ji3, 宁 ning4, 华 hua4, 華 hua4, 应 ying1, 卜 bu3, 薄 bo2, 柏 bai3 bo2, "
    "隗 wei3 kui2, 阚 kan4, 郇 xun2 huan2, 都 du1, 过 guo1, 哈 ha3, 祭 zhai4 ji4, 谌 chen2 shen4, "
    "郗 xi1 chi1, 莘 shen1 xin1, 相 xiang4, 粘 nian2 zhan1, 撒 sa3, 繁 po2 fan2, 能 nai4 neng2, "
    "佴 nai4 er4, 藏 zang4 cang2, 郄 qie4 xi4, 牟 mou2 mu4, 句 gou1, 角 jue2 jiao3, 观 guan4, 占 zhan1, "
    "干 gan1, 曲 qu1, 颉 xie2 jie2, 炅 gui4 jiong3, 於 yu1, 俱 ju1, 要 yao1, 幺 yao1, 么 yao1, 费 fei4 bi4, "
    "逢 feng2 pang2, 少 shao4, 仆 pu2, 尉 wei4 yu4, 令 ling2, 冯 feng2, 车 che1, 石 shi2, 贾 jia3 gu3, "
    "贲 ben1, 那 na1, 适 kuo4 shi4, 晟 cheng2 sheng4, 呙 guo1, 乜 nie4 mie1, 瞿 qu2, 訾 zi1, 长 chang2, "
    "降 jiang4 xiang2, 行 xing2, 重 chong2, 洛 luo4, 万 wan4, 尹 yin3, 肖 xiao1, 强 qiang2, 宿 su4, 石 shi2, "
    "朝 chao2 zhao1, 台 tai2, 佛 fu2, 卡 ka3, 阿 a1, 称 cheng1, 六 lu4, 大 da4, 会 hui4, 不 bu4, 叶 ye4"
)
# Compound surnames; the readings are the syllables in order.
COMPOUND = _table(
    "欧阳 ou1 yang2, 歐陽 ou1 yang2, 司马 si1 ma3, 司馬 si1 ma3, 上官 shang4 guan1, 诸葛 zhu1 ge3, "
    "諸葛 zhu1 ge3, 司徒 si1 tu2, 司空 si1 kong1, 司寇 si1 kou4, 夏侯 xia4 hou2, 尉迟 yu4 chi2, "
    "尉遲 yu4 chi2, 万俟 mo4 qi2, 萬俟 mo4 qi2, 长孙 zhang3 sun1, 長孫 zhang3 sun1, 皇甫 huang2 fu3, "
    "慕容 mu4 rong2, 令狐 ling2 hu2, 公孙 gong1 sun1, 公孫 gong1 sun1, 宇文 yu3 wen2, 端木 duan1 mu4, "
    "东方 dong1 fang1, 東方 dong1 fang1, 独孤 du2 gu1, 南宫 nan2 gong1, 南宮 nan2 gong1, 闻人 wen2 ren2, "
    "公羊 gong1 yang2, 赫连 he4 lian2, 赫連 he4 lian2, 澹台 tan2 tai2, 澹臺 tan2 tai2, 宗政 zong1 zheng4, "
    "濮阳 pu2 yang2, 濮陽 pu2 yang2, 公冶 gong1 ye3, 太史 tai4 shi3, 申屠 shen1 tu2, 仲孙 zhong4 sun1, "
    "钟离 zhong1 li2, 鍾離 zhong1 li2, 鲜于 xian1 yu2, 鮮于 xian1 yu2, 闾丘 lv2 qiu1, 亓官 qi2 guan1, "
    "巫马 wu1 ma3, 公西 gong1 xi1, 颛孙 zhuan1 sun1, 公良 gong1 liang2, 漆雕 qi1 diao1, 乐正 yue4 zheng4, "
    "宰父 zai3 fu3, 谷梁 gu3 liang2, 拓跋 tuo4 ba2, 轩辕 xuan1 yuan2, 軒轅 xuan1 yuan2, 呼延 hu1 yan2, "
    "东郭 dong1 guo1, 梁丘 liang2 qiu1, 左丘 zuo3 qiu1, 东门 dong1 men2, 西门 xi1 men2, 百里 bai3 li3, "
    "单于 chan2 yu2, 纳兰 na4 lan2, 完颜 wan2 yan2, 达奚 da2 xi1, 淳于 chun2 yu2, 羊舌 yang2 she2"
)
# Elsewhere in names a character mostly has another reading than the dictionary's first.
CHARACTERS = _table(
    "长 chang2, 長 chang2, 都 du1, 晟 sheng4, 卜 bu3, 薄 bo2, 葛 ge3, 什 shi2, 佛 fo2, 翟 zhai2, 曾 zeng1, "
    "间 jian1, 着 zhuo2, 地 di4, 莞 guan3, 隽 jun4, 雋 jun4, 冠 guan4, 琢 zhuo2, 柏 bai3, 宁 ning2, 荨 xun2, "
    "覃 tan2, 得 de2, 浚 jun4, 济 ji3, 陂 pi2, 区 qu1, 缪 miao4, 娜 na4"
)
# Places and words in company names, matched before single characters.
WORDS = _table(
    "重庆 chong2 qing4, 重慶 chong2 qing4, 重阳 chong2 yang2, 重光 chong2 guang1, 重华 chong2 hua2, "
    "厦门 xia4 men2, 廈門 xia4 men2, 六安 lu4 an1, 六合 lu4 he2, 蚌埠 beng4 bu4, 番禺 pan1 yu2, "
    "乐清 yue4 qing1, 乐亭 lao4 ting2, 乐陵 lao4 ling2, 台州 tai1 zhou1, 天台 tian1 tai1, "
    "歙县 she4 xian4, 涡阳 guo1 yang2, 单县 shan4 xian4, 莘县 shen1 xian4, 东阿 dong1 e1, 阿胶 e1 jiao1, "
    "浚县 xun4 xian4, 泌阳 bi4 yang2, 牟平 mu4 ping2, 中牟 zhong1 mu4, 犍为 qian2 wei2, 筠连 jun1 lian2, "
    "珲春 hun2 chun1, 尉犁 yu4 li2, 洪洞 hong2 tong2, 大埔 da4 bu4, 大城县 dai4 cheng2 xian4, "
    "解州 xie4 zhou1, 隰县 xi2 xian4, 浒墅关 xu3 shu4 guan1, 会稽 kuai4 ji1, 西藏 xi1 zang4, "
    "藏药 zang4 yao4, 藏族 zang4 zu2, 宝藏 bao3 zang4, 燕京 yan1 jing1, 燕郊 yan1 jiao1, "
    "燕山 yan1 shan1, 燕赵 yan1 zhao4, 应县 ying4 xian4, 吐蕃 tu3 bo1, 栎阳 yue4 yang2, 丽水 li2 shui3, "
    "铅山 yan2 shan1, 侯官 hou4 guan1, 闽侯 min3 hou4, 任丘 ren2 qiu1, 任城 ren2 cheng2, "
    "任县 ren2 xian4, 华山 hua4 shan1, 华县 hua4 xian4, 柏林 bo2 lin2, 大夫 dai4 fu1, 儋州 dan1 zhou1, "
    "郴州 chen1 zhou1, 亳州 bo2 zhou1, 莎车 sha1 che1, 银行 yin2 hang2, 行业 hang2 ye4, "
    "商行 shang1 hang2, 车行 che1 hang2, 洋行 yang2 hang2, 分行 fen1 hang2, 总行 zong3 hang2, "
    "支行 zhi1 hang2, 琴行 qin2 hang2, 药行 yao4 hang2, 茶行 cha2 hang2, 粮行 liang2 hang2, "
    "米行 mi3 hang2, 酒行 jiu3 hang2, 电器行 dian4 qi4 hang2, 贸易行 mao4 yi4 hang2, "
    "批发行 pi1 fa1 hang2, 五金行 wu3 jin1 hang2, 经销行 jing1 xiao1 hang2, 拍卖行 pai1 mai4 hang2, "
    "投行 tou2 hang2, 同行 tong2 hang2, 行家 hang2 jia1, 行情 hang2 qing2, 音乐 yin1 yue4, "
    "乐器 yue4 qi4, 乐团 yue4 tuan2, 民乐 min2 yue4, 国乐 guo2 yue4, 会计 kuai4 ji4, 财会 cai2 kuai4, "
    "人参 ren2 shen1, 海参 hai3 shen1, 党参 dang3 shen1, 西洋参 xi1 yang2 shen1, 红参 hong2 shen1, "
    "参茸 shen1 rong2, 参药 shen1 yao4, 空调 kong1 tiao2, 调味 tiao2 wei4, 调料 tiao2 liao4, "
    "调理 tiao2 li3, 调控 tiao2 kong4, 调节 tiao2 jie2, 烹调 peng1 tiao2, 弹簧 tan2 huang2, "
    "弹性 tan2 xing4, 模具 mu2 ju4, 供给 gong1 ji3, 给水 ji3 shui3, 给排水 ji3 pai2 shui3, "
    "成长 cheng2 zhang3, 增长 zeng1 zhang3, 生长 sheng1 zhang3, 家长 jia1 zhang3, 店长 dian4 zhang3, "
    "部长 bu4 zhang3, 会长 hui4 zhang3, 校长 xiao4 zhang3, 厂长 chang3 zhang3, 院长 yuan4 zhang3, "
    "处长 chu4 zhang3, 局长 ju2 zhang3, 科长 ke1 zhang3, 行长 hang2 zhang3, 董事长 dong3 shi4 zhang3, "
    "秘书长 mi4 shu1 zhang3, 种业 zhong3 ye4, 种植 zhong4 zhi2, 种子 zhong3 zi3, 养殖 yang3 zhi2, "
    "传记 zhuan4 ji4, 角色 jue2 se4, 主角 zhu3 jue2, 薄荷 bo4 he2, 石斛 shi2 hu2, 便宜 pian2 yi2, "
    "相机 xiang4 ji1, 照相 zhao4 xiang4, 干部 gan4 bu4, 骨干 gu3 gan4, 干线 gan4 xian4, 尽头 jin4 tou2, "
    "朝霞 zhao1 xia2, 朝晖 zhao1 hui1, 朝夕 zhao1 xi1, 率先 shuai4 xian1, 表率 biao3 shuai4, "
    "首都 shou3 du1, 都是 dou1 shi4, 没有 mei2 you3, 校对 jiao4 dui4, 散装 san3 zhuang1, "
    "冠军 guan4 jun1, 桂冠 gui4 guan1, 皇冠 huang2 guan1, 冠心 guan1 xin1, 鸡冠 ji1 guan1, "
    "金冠 jin1 guan1, 冠状 guan1 zhuang4, 车载 che1 zai4, 处方 chu3 fang1, 处理 chu3 li3, "
    "差旅 chai1 lv3, 咖啡 ka1 fei1, 地产 di4 chan3, 发型 fa4 xing2, 美发 mei3 fa4, 理发 li3 fa4, "
    "发艺 fa4 yi4, 护发 hu4 fa4, 养发 yang3 fa4, 生发 sheng1 fa4"
)
