//! Every limit of the readers in one place, each with its reason.

/// A limit as people are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Its name.
    pub name: &'static str,
    /// Its value, as it is written here.
    pub value: &'static str,
    /// What it limits, in Japanese.
    pub what: &'static str,
    /// Why it is so large, in Japanese.
    pub why: &'static str,
}

/// Declares limits: `NAME: type = value, "what", "why";`. After `=> ` stands a lower value for the unit tests, which show
/// each limit with a file that is small and harms nobody.
macro_rules! limits {
    ($(
        $(#[$meta:meta])*
        $name:ident : $type:ty = $value:expr $(=> $lowered:expr)?, $what:literal, $why:literal;
    )+) => {
        $(
            $(#[$meta])*
            pub const $name: $type = {
                let value = $value;
                $(let value = if cfg!(test) { $lowered } else { value };)?
                value
            };
        )+

        /// All of them, in this order.
        pub const ALL: &[Limit] = &[$(Limit {
            name: stringify!($name),
            value: stringify!($value),
            what: $what,
            why: $why,
        }),+];
    };
}

limits! {
    /// Bytes of one source file: workbooks with photographs have some tens of mebibytes.
    FILE_BYTES: u64 = 1 << 30,
        "一つのファイルの大きさ（バイト）",
        "写真の多いブックでも数十MiB";
    /// Bytes that one compressed stream of a PDF may unpack to: a page of text is under 1 MiB, a scanned
    /// page under 50 MiB; more is a decompression bomb.
    STREAM_BYTES: usize = 64 << 20 => 8 << 20,
        "PDFの圧縮された部分一つの、展開後の大きさ（バイト）",
        "文字のページは1 MiB未満。超えるのは膨らませるためのファイル";
    /// Bytes that the parts of a workbook's ZIP container may unpack to together, pictures and embedded files
    /// aside, which are not read: a hundred thousand rows of text unpack to some ten mebibytes.
    CONTAINER_BYTES: u64 = 512 << 20 => 8 << 20,
        "ブックの部品の、展開後の大きさの合計（バイト。読まない画像や埋め込みを除く）",
        "10万行の文字で十数MiB";
    /// Entries of a workbook's ZIP container; a workbook with 1,000 sheets has under 5,000.
    CONTAINER_ENTRIES: usize = 20_000 => 500,
        "ブックの部品の数",
        "シート1,000枚のブックで5,000未満";
    /// Pages of a PDF: a year's sheets of a whole city have some hundred.
    PAGES: usize = 10_000 => 200,
        "PDFのページ数",
        "一つの市の一年分で数百ページ";
    /// Worksheets of a workbook: one for each section of a city makes some hundred.
    SHEETS: usize = 4_096 => 64,
        "ワークシートの数",
        "課ごとに1枚で数百枚";
    /// Cells with content or borders in a workbook: a thousand sheets of a hundred rows and forty columns.
    CELLS: usize = 4_000_000 => 20_000,
        "内容か罫線のあるセルの数",
        "100行40列のシート1,000枚";
    /// Depth of form `XObjects` within each other; programs nest two or three.
    FORM_DEPTH: usize = 24,
        "PDFの部品（フォームXObject）の入れ子の深さ",
        "作成ソフトは2、3段";
    /// Bytes of content that one page runs, its forms counted each time they are painted; a dense page is
    /// under 10 MiB.
    CONTENT_BYTES: usize = 512 << 20 => 16 << 20,
        "PDFの1ページの描画命令の大きさ（バイト）",
        "込み入ったページで10 MiB未満";
    /// Glyphs, lines and filled shapes of one page: a dense page of A3 has under 50,000, a map some hundred thousand.
    MARKS: usize = 3_000_000 => 60_000,
        "PDFの1ページの文字、線、塗りの数",
        "A3の込み入ったページで5万未満、地図で数十万";
    /// Bytes of one map from a font's codes to characters: 65,536 entries of 30 bytes, twice.
    CMAP_BYTES: usize = 4 << 20,
        "PDFの書体一つの文字対応表の大きさ（バイト）",
        "65,536字の表の2倍";
    /// Operators of one page: a dense page of A3 has some ten thousand, a map some million.
    OPERATORS: usize = 20_000_000 => 200_000,
        "PDFの1ページの描画命令の数",
        "込み入ったページで数万、地図で数百万";
    /// Depth of saved graphics states (ISO 32000-1 Annex C gives 28 as a minimum that viewers support).
    GRAPHICS_STATES: usize = 512,
        "PDFの描画状態の入れ子の深さ",
        "規格が閲覧ソフトに求めるのは28";
    /// MiB of address space for one file (`--memory-limit`): the largest real workbooks take some hundred, and
    /// so many as there are cores fit into an office computer's memory.
    MEMORY_MIB: u64 = 2_048,
        "一つのファイルを読むメモリー（MiB）。`--memory-limit` で変えられます",
        "最大級のブックで数百MiB。CPUの数だけ同時に読んでも事務用の機械に収まる";
    /// Seconds for one file (`--time-limit`): thousands of pages take some seconds, on a slow drive a minute.
    SECONDS: u64 = 120,
        "一つのファイルを読む時間（秒）。`--time-limit` で変えられます",
        "数千ページで数秒、遅い共有でも1分";
    /// Tables within tables of a page; what systems write nests three or four.
    NESTED_TABLES: usize = 32,
        "HTMLの表の入れ子",
        "システムが書くのは三、四重まで";
    /// Elements within each other on a page whose looks are told apart.
    NESTED_ELEMENTS: usize = 512,
        "HTMLの要素の入れ子（見た目を区別する深さ）",
        "それより深い要素は、外側と同じ見た目とする";
    /// Bytes of text of one file: some thousand times the longest plan that was seen.
    TEXT_BYTES: usize = 256 << 20 => 4 << 20,
        "一つのファイルの文字の大きさ（バイト）",
        "最も長い計画書の千倍ほど";
}
