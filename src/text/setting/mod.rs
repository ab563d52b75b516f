//! How Japanese text is set in lines (JIS X 4051, 公用文作成の考え方): what every reader, join and printed form asks.

pub mod numbers;
