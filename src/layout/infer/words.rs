//! What a heading's head noun may mean: the words of Japanese offices for the parts of a goal, and for what is none.
//!
//! A word says which fields a column under it may be, how strongly, and how much it speaks of goals at all. It is
//! evidence like any other: what the cells hold decides between its readings.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::Field::{
    self, Achievement, Categories, Deadline, IndicatorActual, IndicatorBaseline, IndicatorName,
    IndicatorTarget, Item, Level, Methods, MidtermPlan, MidtermProgress, MidtermReview, Number,
    Predecessors, Sections, YearEndIssues, YearEndSummary, YearEndViewpoint,
};
use crate::layout::known;
use crate::text;

/// What a column is: a field, or none (`extra`).
pub(crate) type Meaning = Option<Field>;

/// How strongly a word says a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// It may mean this where the cells agree.
    Weak,
    /// It usually means this; the cells may say otherwise.
    Fair,
    /// It means nothing else.
    Sure,
}
use Strength::{Fair, Sure, Weak};

/// A word with its readings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Word {
    /// Its meanings, strongest first.
    pub readings: Vec<(Meaning, Strength)>,
    /// How much a heading of this word speaks of goals, in tenths: 10 says that the table is of goals, negative
    /// that it is of something else.
    pub goals: i32,
}

/// Words of one kind: separated by spaces, with their readings and how much they speak of goals.
type Row = (&'static str, &'static [(Meaning, Strength)], i32);

/// No field.
const X: Meaning = None;

/// Heads of headings. The longest one that a heading ends with counts.
#[rustfmt::skip] // a row a line: it is read as a table
const WORDS: &[Row] = &[
    // Numbers
    ("番号 no no. № 整理番号 事業番号 連番 項番 通番 公約番号 目標番号 施策番号 取組番号 項目番号 管理番号 事業no 通し番号 #", &[(Some(Number), Sure)], 0),
    ("順位 優先順位 コード 順番 番", &[(Some(Number), Fair)], 0),
    ("前年度番号 前年度整理番号 前年番号 旧番号 昨年度番号", &[(Some(Predecessors), Sure)], 0),
    // What a goal belongs to
    ("計画・方針等の分類 計画類型 分類 位置付け 施策体系 類型 基本目標 基本方針 基本施策 基本的方向 基本的運営方針 運営方針 分野 柱 大項目 中項目 政策分野 重点分野 領域 大分類 中分類 小分類 カテゴリ カテゴリー 政策目標 政策名 政策 方針 大綱 施策の柱 基本理念 章 節 体系 観点区分 基本計画 総合計画 振興計画 上位計画 計画体系", &[(Some(Categories), Fair)], 0),
    ("区分 種別 種類 性質区分 事業区分 分掌 新規継続 新規・継続 新規/継続 新規・継続の別 対象分野 項", &[(Some(Categories), Fair), (X, Weak)], 0),
    ("評価分野 評価領域 評価の項目 視点 目標区分 目標の種類 重点施策 目標分類", &[(Some(Categories), Fair), (Some(Item), Weak)], 3),
    ("施策 施策名 主要施策 個別施策 施策目標 主要な施策", &[(Some(Item), Fair), (Some(Categories), Weak)], 3),
    // What is to be done
    ("実施項目 取組項目 重点取組項目 取組名 取組の名称 重点項目 重点事項 業務目標 重点課題 推進項目 改善項目 改革項目 行動目標 推進事項 目標項目 目標名 目標の名称 重点目標 組織目標 年度目標 個別目標 重点施策名 具体的施策 具体的な施策 取組施策 課題名 取組課題 取組むべき課題 取り組むべき課題 重点的に取り組む課題 今年度の重点 改革プログラム プログラム名 アクション名 公約 公約項目 公約事項 公約名 マニフェスト項目 宣言項目 何を 経営目標 運営目標 部門目標 目標テーマ", &[(Some(Item), Sure)], 8),
    ("取組 主な取組 重点取組 取組事項 実施事項 重点取組事項 主要な取組 実施すること 約束すること すること やること", &[(Some(Item), Fair), (Some(Methods), Fair)], 7),
    ("事業名 事務事業名 事業の名称 事業名称 事務事業 事業 業務名 業務 個別事業 重点事業 主要事業 計画事業 実施事業 交付対象事業 対象事業 事務・事業名 事務事業の名称 プロジェクト名 プロジェクト 政策内容 計画名 施策・事業 施策・事業名 主要事業名 名称 業務の名称 活動名 テーマ", &[(Some(Item), Fair)], 0),
    ("項目 内容項目 評価対象", &[(Some(Item), Fair), (Some(Categories), Weak)], 0),
    ("評価項目 点検項目", &[(Some(Item), Fair), (Some(IndicatorName), Fair)], 2),
    ("行動計画", &[(Some(Methods), Fair), (Some(Categories), Weak), (Some(Item), Weak)], 4),
    ("行動内容 年度計画 計画項目 事業計画", &[(Some(Item), Fair), (Some(Methods), Fair)], 4),
    ("目標 年間目標 今年の目標 今年度目標 本年度目標 当年度目標 目標設定", &[(Some(Item), Fair), (Some(Level), Fair), (Some(IndicatorTarget), Weak)], 9),
    // How far
    ("どの水準まで 到達目標 達成目標 達成水準 到達水準 目標水準 達成基準 目標の達成水準 目指す状態 目指す姿 あるべき姿 目標とする状態 期待する状態 達成状態 達成すべき水準 到達点 目標達成水準 達成イメージ 年度末の状態 目標の内容 目標内容 どこまで どうするのか どうするか めざす姿 めざす状態 目指す成果 目標到達点 期待される成果 期待する成果 期待される効果 ゴール 目標とする水準 成果目標 目標達成の基準", &[(Some(Level), Sure)], 9),
    ("状態 水準 目標像 到達状態 成果イメージ 実施目標 目標期限と基準 姿", &[(Some(Level), Fair)], 4),
    ("計画", &[(Some(Level), Weak), (Some(Methods), Weak), (Some(IndicatorTarget), Weak), (X, Weak)], 2),
    // By what
    ("どのような方法で 手段 事業の手段 具体的な取組 具体的取組 具体的な活動内容 活動内容 取組内容 取組の内容 具体的な取組内容 具体的取組内容 取組方法 実施方法 具体的な方法 具体的方策 方策 具体策 具体的な方策 手段・方法 方法 達成方法 達成手段 達成のための手段 実現手段 手法 進め方 アクション アクションプラン 具体的な手段 達成のための取組 実施計画 推進方策 推進方法 取組計画 活動計画 実行計画 具体的な計画 どのように どうやって プロセス 対応方策 具体的対策 具体的な対策 重点的な取組 行動 取組の概要 今年度の取組 今年度の取組内容 改善の取組 工夫 具体的内容 具体的な内容 目標達成のための取組 達成に向けた取組 目標達成に向けた取組 手立て 打つ手 手順 実行の手順 進める手順 取り組むこと", &[(Some(Methods), Sure)], 7),
    ("実施内容 取組の内容等", &[(Some(Methods), Fair), (Some(YearEndSummary), Weak)], 2),
    ("事業内容 プログラムの内容 内容 事業概要 概要 活動 対策 事業の概要 業務内容 計画内容", &[(Some(Methods), Fair)], 0),
    // When
    ("いつまで いつまでに 期限 達成期限 実施期限 期日 達成時期 完了時期 完了予定 達成予定時期 目標期限 完了予定時期 完了期限 納期 目標年月 終期 達成年月 目標時期 完成時期 達成目標時期 実行の時期 実行時期 いつ 締切 締切日", &[(Some(Deadline), Sure)], 0),
    ("実施時期 時期 実施期間 期間 スケジュール 工程 日程 取組期間 計画期間 実施予定時期 予定時期 目標年度 達成年度 完了年度 取組時期 達成予定", &[(Some(Deadline), Fair), (X, Weak)], 0),
    // Who
    ("共通/課名 担当課名 担当課 課名 所管課 所管課名 担当部課名 部課名 主管課 関係課 関係課名 所管 所管部署 担当部署 実施主体 担当部局 担当部局名 所管部局 主担当 主担当課 担当係 担当科 担当学年 担当分掌 担当部門 担当チーム 担当室 担当課室 担当課係 担当所属 所管所属 担当組織 関係部署 推進課 取組主体 推進主体 実施機関 課かい名 担当班 担当局 主管部課 部署名 部署 担当部 課室名 係名 誰が 分掌名 主管課名 受持ち 係 班 室 担当グループ 所管室", &[(Some(Sections), Sure)], 0),
    ("担当 所属 所属名 担当部名 部局名 部名 課 主体", &[(Some(Sections), Fair)], 0),
    ("担当者 担当者名 責任者 主担当者 実施責任者 推進責任者 担当職員", &[(Some(Sections), Weak), (X, Fair)], 0),
    // Indicators
    ("指標 指標名 測定指標 活動指標 成果指標 評価指標 kpi 重要業績評価指標 業績指標 目標指標 管理指標 数値指標 アウトカム指標 アウトプット指標 指標の名称 指標名称 成果を測る指標 達成指標 進捗指標 代表指標 モニタリング指標 評価尺度 測定項目 判断指標 取組指標 効果指標 検証指標", &[(Some(IndicatorName), Sure)], 9),
    ("評価の観点 評価の尺度 評価規準 業績目標 数値目標項目 測定方法 判断材料", &[(Some(IndicatorName), Fair)], 4),
    ("基準値 現状値 現況値 当初値 計画策定時 計画策定時の値 策定時 策定時の値 直近値 直近実績 前年度実績 前年度実績値 昨年度実績 前年実績 基準年度 基準数値 計画当初値 開始時の値 初期値 策定時の値 現状数値", &[(Some(IndicatorBaseline), Sure)], 5),
    ("現状 現況 基準年 before", &[(Some(IndicatorBaseline), Fair), (X, Weak)], 0),
    ("目標値 目標数値 計画値 指標値 目標数 目標量 目標件数 目標率 目標回数 目標額 予定値 見込値 目標人数 目標数量 目標点 目標指数", &[(Some(IndicatorTarget), Sure)], 9),
    ("目安 めやす after 数値で示す目標 目標の数値 めやすの数値", &[(Some(IndicatorTarget), Fair), (Some(Level), Weak)], 5),
    ("数値目標 成果目標値", &[(Some(IndicatorTarget), Fair), (Some(IndicatorName), Fair), (Some(Level), Weak)], 9),
    ("実績値 実績数値 達成値 目標値に対する実績値 実績数 実績件数 実績率 実績回数 実測値 達成数値", &[(Some(IndicatorActual), Sure)], 6),
    ("現在値 最新値 直近の実績値", &[(Some(IndicatorActual), Fair), (Some(IndicatorBaseline), Weak)], 5),
    ("実績 年度実績 年間実績", &[(Some(IndicatorActual), Fair), (Some(YearEndSummary), Fair)], 4),
    // Grades
    ("達成度 評価 総合評価 評定 判定 評語 達成 期末評価 年度末評価 最終評価 達成区分 達成評価 達成ランク 達成度評価 達成度合い 達成度の評価 評価区分 評価ランク 評価点 評点 年度評価 総合判定 目標達成度 達成レベル 評価結果 達成状況の評価 判定結果 成果の評価 達成判定 到達度 指標の達成状況 採点 達成の度合い ランク", &[(Some(Achievement), Fair), (Some(YearEndSummary), Weak)], 1),
    ("自己評価 自己判定 自己評定 自己採点 一次評価 内部評価", &[(Some(Achievement), Sure), (Some(YearEndSummary), Weak)], 1),
    ("達成状況 業績目標の達成状況 目標達成状況 達成結果 目標の達成状況 実現状況", &[(Some(Achievement), Fair), (Some(YearEndSummary), Fair)], 5),
    ("事業効果 効果", &[(Some(Achievement), Weak), (Some(YearEndSummary), Weak), (Some(Level), Weak)], 1),
    ("進捗度 進捗評価 進捗区分 進度 進捗状況の評価 進捗ランク 進捗の評価 進行度 信号", &[(Some(MidtermProgress), Fair), (Some(Achievement), Weak)], 3),
    ("進捗状況 進捗 進行状況 進み具合 進みぐあい 進捗の状況", &[(Some(MidtermProgress), Fair), (Some(MidtermReview), Fair), (Some(YearEndSummary), Weak)], 3),
    ("中間評価 中間達成度 中間判定 中間自己評価 中間評定", &[(Some(MidtermProgress), Sure), (Some(MidtermReview), Fair)], 4),
    // In the middle of the year
    ("上半期の状況や評価 中間の状況 中間振り返り 中間報告 中間確認 中間点検 中間状況 中間見直し 中間検証 中間実績 上半期の取組 上半期の実績 上半期の状況 中間進捗状況 中間総括 上期の状況 前期の状況 中間の振り返り 中間の進捗状況", &[(Some(MidtermReview), Sure), (Some(MidtermProgress), Weak)], 5),
    ("下半期の予定 後期の取組 下半期の取組 下半期の計画 下期の取組 下期の予定 下半期に向けて 年度後半の取組 下半期の対応 下半期の方針 後半の取組 下半期の重点", &[(Some(MidtermPlan), Sure)], 5),
    ("今後の予定 今後の進め方 今後の見通し 今後の見込み", &[(Some(MidtermPlan), Fair), (Some(YearEndIssues), Fair)], 1),
    // At its end
    ("1年間の総括 一年間の総括 期末報告 取組・成果 振り返り・総括 取組実績と成果 取組実績・成果 成果及び評価 振り返り 総括 年度末報告 年間の総括 期末振り返り 取組の成果 取組結果 取組実績 実施結果 取組状況 活動実績 業務実績 成果の状況 取組の状況 取組成果 達成内容 実績・成果 成果・実績 取組の実績 取組状況・成果 主な成果 成果等 取組の結果 目標に対する実績 具体的な成果 結果及び成果 事業実績 実施実績 自己点検 取組内容及び成果 年度の実績 実績の内容 活動結果 実績報告 年度末の状況 最終結果", &[(Some(YearEndSummary), Sure)], 5),
    ("成果と課題 結果と課題 成果・課題 取組結果と課題 実績と課題 成果及び課題", &[(Some(YearEndSummary), Sure), (Some(YearEndIssues), Fair)], 5),
    ("結果", &[(Some(YearEndSummary), Fair), (Some(IndicatorActual), Weak), (Some(Achievement), Weak)], 1),
    ("成果 実施状況 状況 点検結果 処理状況 活動状況 業務の実績 コメント 自己評価コメント 所感 実施内容と結果 分析 診断 検証 考察 進捗状況等 できたこと", &[(Some(YearEndSummary), Fair), (Some(Achievement), Weak)], 1),
    ("評価の理由 評価理由 評価の根拠 判定理由 達成度の理由 理由 達成理由 自己評価の理由 判断理由 評定理由 評価根拠 評価の説明 達成状況の説明 判断の根拠", &[(Some(YearEndViewpoint), Sure), (Some(YearEndSummary), Weak)], 2),
    ("評価の視点 評価の理由 評価視点 評価理由 評価の根拠 評価コメント 判定理由 達成度の理由 理由 評価の内容 達成理由 自己評価の理由 判断理由 評定理由 評価根拠 評価の説明 評価内容 達成状況の説明 判断の根拠 説明", &[(Some(YearEndViewpoint), Fair), (Some(YearEndSummary), Weak)], 2),
    ("未達成の理由 未達成理由 未達成の要因 要因分析 要因 達成できなかった理由 差異の理由", &[(Some(YearEndViewpoint), Weak), (Some(YearEndIssues), Weak), (X, Weak)], 3),
    ("課題 課題と対応 課題・対応 課題及び対応 課題と改善策 課題・改善策 改善点 改善方法 改善の方向 改善内容 改善事項 改善案 次年度への課題 次年度の課題 今後の課題 残された課題 反省点 反省 課題と対策 課題・対策 課題と今後の対応 今後の対応 今後の対策 今後の取組 次年度の取組 翌年度の取組 次年度への対策 次年度に向けて 次年度への改善策 今後の改善策 課題と今後の方向性 課題及び今後の方向性 課題・今後の方向性 課題と今後の取組 今後に向けて 次年度の方針 今後の展開 改善に向けた取組 課題及び改善策 今後の取組方針 次年度の方向性 次年度の対応 問題点 今後の改善 課題と次年度の取組 改善・対応 引継ぎ事項 引き継ぎ事項 申し送り事項 次年度に向けた改善策 改善方策", &[(Some(YearEndIssues), Sure)], 4),
    ("対応 今後の方向 対応策 今後の方針 今後の方向性 改善策 改善", &[(Some(YearEndIssues), Fair), (X, Weak)], 1),
    // No field
    ("備考 摘要 特記事項 その他 メモ 関連資料 参考", &[(X, Sure)], 0),
    ("予算額 予算 当初予算 当初予算額 予算現額 事業費 総事業費 決算額 決算 執行額 予算執行額 執行率 財源 財源内訳 一般財源 国庫支出金 県支出金 地方債 特定財源 補助金額 補助額 交付額 交付決定額 実績額 事業費計 コスト 人件費 単価 金額 合計 価格 契約金額 落札金額 予定価格 歳出 歳入 補正予算額 前年度予算額 増減 増減額 比較 財政効果額 支出額 収入額 積算", &[(X, Sure)], -4),
    ("効果額 節減額 削減額 職員数 人工 従事職員数 業務量 経費", &[(X, Sure)], 0),
    ("難易度 困難度 難易度・ウエイト 重要度 優先度 緊急度 ウエイト ウェイト 割合 比重 重点度", &[(X, Sure)], 3),
    ("配点 得点 点数 素点 満点 加点 減点", &[(X, Sure)], -2),
    ("達成率 進捗率 達成割合 目標達成率 対目標比 伸び率 前年比 前年度比 増減率 対前年比", &[(X, Sure)], 3),
    ("単位 算式 算出方法 算定式 計算式 出典 データ出典 指標の分類 指標の説明 指標の定義 指標の種類 選定理由 設定根拠 設定理由 目標設定の理由 目標値の根拠 指標設定の考え方 目標設定の考え方 目標値設定の根拠 測定時期 調査方法", &[(X, Sure)], 4),
    ("判定基準 評価基準 達成度判断基準 判断基準 達成度の基準 評価の基準 採点基準", &[(X, Sure)], 2),
    ("現状と課題 現状・課題 現状及び課題 現状課題 背景 背景・課題 現状認識 現状分析 課題認識 必要性 現状と問題点 課題と原因 経緯 現状・問題点 問題意識 取組の背景 背景と課題 目標設定の背景", &[(X, Sure)], 3),
    ("目的 対象 対象者 趣旨 ねらい 狙い 意図 事業目的 事業の目的 事業の対象 目的・意義 受益者 施策の目的 取組の目的 対象・目的", &[(X, Fair), (Some(Level), Weak)], 0),
    ("根拠法令 法令 根拠 関連計画 関係法令 根拠規定 関係機関 連携先 協力機関 sdgs sdgsのゴール 関連施策 関連事業 関連sdgs 所在地 場所 会場 実施場所", &[(X, Sure)], 0),
    ("意見 要望 意見・要望 意見・要望等 意見等 委員意見 委員の意見 有識者意見 外部評価 第三者評価 学校関係者評価 市民評価 外部意見 上司コメント 評価者コメント 指導・助言 助言 所見 上司評価 評価者所見 確認欄 確認 確認印 押印 承認 部長確認 二次評価 最終評価者 監査意見", &[(X, Sure)], 0),
    ("方向性 見直し区分 存廃 次年度の目標 次年度目標 翌年度目標 長期目標 中期目標 中期計画 中長期目標 最終目標 目標年次 年次計画 来年度目標 長期計画 将来目標 全体目標 長期的目標", &[(X, Fair), (Some(YearEndIssues), Weak)], 4),
    ("氏名 住所 電話 電話番号 生年月日 年齢 性別 職名 役職 職種 学年 組 出席 欠席 曜日 時間 時限 開始時刻 終了時刻 議題 発言者 発言内容 発言 議案番号 件名 提案理由 議決結果 議決年月日 提出者 議決日 付託委員会 可決 人口 世帯数 世帯 男 女 前月比 面積 品名 数量 規格 型番 メーカー 契約者 契約先 契約日 落札者 入札日 工期 工事名 工事場所 路線名 請負業者 補助率 補助事業者 交付先 補助対象 補助対象経費 補助事業名 補助金名 補助金の名称 負担金 科目 款 目 節区分 細節 指摘事項 指摘内容 監査結果 措置 措置内容 措置状況 措置の内容 講じた措置 改善措置 資格 料金 使用料 手数料 利用料 定員 利用者数 収容人員 構造 築年 取得日 耐用年数 施設名 回答 質問 質問者 答弁 答弁者 条例名 条文 改正前 改正後 施行日 公布日 案件名 許可番号 申請者 受付日 処分日 苗字 フリガナ 郵便番号 メールアドレス 委員名 任期 選出区分 献立 食材 カロリー アレルゲン 便名 行先 停留所", &[(X, Sure)], -8),
    ("第1四半期 第2四半期 第3四半期 第4四半期 4月 5月 6月 7月 8月 9月 10月 11月 12月 1月 2月 3月 実施日 開催日 日付 年月日 更新日 記入日 回答日", &[(X, Sure)], 0),
];

/// Phrases that say their meaning wherever they stand in a heading: headings that are questions.
#[rustfmt::skip]
const PHRASES: &[Row] = &[
    ("いつまで", &[(Some(Deadline), Sure)], 3),
    ("どうなれば どうなったら どこまで どの水準 どのような目標 どうしたい どんな状態 どういう状態 どのような状態", &[(Some(Level), Sure)], 8),
    ("どのように どのような方法 どうやって 何をする", &[(Some(Methods), Sure)], 5),
    ("何のため なぜ 誰・何に 誰のため 誰に対", &[(X, Sure)], 1),
    ("取り組むべき課題 取組むべき課題 解決すべき課題", &[(Some(Item), Sure)], 8),
    ("次はどう 次にどう 今後どう これからどう", &[(Some(YearEndIssues), Sure)], 3),
    ("実施した 取り組んだ 取組んだ 行った 達成した", &[(Some(YearEndSummary), Sure)], 3),
    ("学校関係者 評価委員 学識経験者 審査委員 保護者 外部評価 外部有識者 有識者 第三者 主務大臣 評議員 協議会委員 市民委員 監査委員 運営協議会 審議会 委員会評価 委員会の評価 委員会意見 委員会の意見", &[(X, Sure)], 1),
];

static TABLE: LazyLock<HashMap<String, Word>> = LazyLock::new(|| {
    let mut table: HashMap<String, Word> = HashMap::new();
    for &(words, readings, goals) in WORDS {
        for word in words.split(' ') {
            let entry = Word {
                readings: readings.to_vec(),
                goals,
            };
            table.entry(text::heading_key(word)).or_insert(entry);
        }
    }
    // The words of the layout for any town that are not among these.
    let any_town = known::layouts()
        .iter()
        .find(|layout| layout.name == known::GENERIC);
    for column in any_town.iter().flat_map(|layout| &layout.columns) {
        for heading in &column.headings {
            let entry = Word {
                readings: vec![(column.field, Fair)],
                goals: 0,
            };
            table.entry(text::heading_key(heading)).or_insert(entry);
        }
    }
    table
});

static LONGEST: LazyLock<usize> = LazyLock::new(|| {
    TABLE
        .keys()
        .map(|key| key.chars().count())
        .max()
        .unwrap_or(0)
});

/// The word that this key is.
pub(crate) fn whole(key: &str) -> Option<&'static Word> {
    TABLE.get(key)
}

/// The longest word that a key ends with, and how many of the key's characters stand before it.
pub(crate) fn ending(key: &str) -> Option<(&'static Word, usize)> {
    let starts: Vec<usize> = key.char_indices().map(|(at, _)| at).collect();
    let from = starts.len().saturating_sub(*LONGEST);
    (from..starts.len()).find_map(|at| Some((TABLE.get(key.get(*starts.get(at)?..)?)?, at)))
}

/// The longest word that a key begins with.
pub(crate) fn beginning(key: &str) -> Option<&'static Word> {
    let mut ends: Vec<usize> = key
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    ends.truncate(*LONGEST);
    ends.iter()
        .rev()
        .find_map(|&end| TABLE.get(key.get(..end)?))
}

/// The readings of the phrases that stand in a key.
pub(crate) fn phrases(key: &str) -> impl Iterator<Item = &'static Row> {
    PHRASES
        .iter()
        .filter(move |(words, ..)| words.split(' ').any(|word| key.contains(word)))
}
