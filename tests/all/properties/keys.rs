//! Two texts that say the same have the same key, and a key is its own key.

use proptest::prelude::*;
use seirihyo::text::{clean, fold_misread, heading_key, key, squash};

/// Any characters, and those that the keys fold.
fn any_text() -> impl Strategy<Value = String> {
    let folded =
        "[ァ-ヶー々〇-〜・･●ー－‐−―（）()「」『』、，､。．\u{3099}\u{200b}㍻㌔ⅷ①㈱ｶﾞﾊﾟ \t\n]";
    let words = "(取り組み|打ち合わせ|センター|サーバー|さまざま|様々|ヶ所|箇所|問い合わせ|欄|期限|（期限）)";
    proptest::collection::vec(prop_oneof![folded, words, "\\PC{1,3}"], 0..12)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn a_key_is_its_own_key(text in any_text()) {
        let once = key(&text);
        prop_assert_eq!(&key(&once), &once);
        let heading = heading_key(&text);
        prop_assert_eq!(&heading_key(&heading), &heading);
        let folded = fold_misread(&heading);
        prop_assert_eq!(&fold_misread(&folded), &folded);
    }

    #[test]
    fn repairs_and_spaces_change_no_key(text in any_text(), at in any::<prop::sample::Index>()) {
        prop_assert_eq!(key(&clean(&text)), key(&text));
        prop_assert_eq!(clean(&clean(&text)), clean(&text));
        prop_assert_eq!(key(&squash(&text)), key(&text));
        let place = at.index(text.chars().count() + 1);
        let spaced: String = text.chars().take(place).chain(['　']).chain(text.chars().skip(place)).collect();
        prop_assert_eq!(key(&spaced), key(&text));
    }
}
