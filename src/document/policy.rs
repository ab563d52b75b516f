//! A numbered notice: 運営方針, 基本方針 and their kin.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::value::{Day, FiscalYear, Municipality, Organization, Origin, Sourced, Text, TextBlock};
use crate::place::Place;
use crate::sheet::TextRange;

/// One notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The layout that was recognised.
    pub layout: String,
    /// The printed title.
    pub title: Text,
    /// From the title.
    pub fiscal_year: Option<FiscalYear>,
    /// The option, or printed as such.
    pub municipality: Option<Municipality>,
    /// The date line.
    pub issued_on: Option<Day>,
    /// Who signs.
    pub issuer: Option<Issuer>,
    /// Further signatories.
    pub cosigners: Vec<Issuer>,
    /// Paragraphs before 記.
    pub preamble: Vec<Text>,
    /// Whether 記 stands there.
    pub has_ki: bool,
    /// The numbered sections.
    pub sections: Vec<Section>,
    /// 以上, 別紙, contacts.
    pub remarks: Vec<Text>,
    /// Quoted titles of plans and notices.
    pub references: Vec<Reference>,
    /// Readings set above characters.
    pub ruby: Vec<PolicyRuby>,
}

/// A signatory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// The source's characters.
    pub raw: String,
    /// 政策経営部長.
    pub post: Option<String>,
    /// The name.
    pub person: Option<String>,
    /// The unit that the post heads.
    pub organization: Option<Organization>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `raw`.
    #[serde(skip)]
    pub origin: Origin,
}

/// A numbered section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its path: `4.1`.
    pub id: String,
    /// Its number as printed.
    pub label: Option<Label>,
    /// Whether it quotes another notice.
    pub role: Role,
    /// Its heading.
    pub heading: Option<String>,
    /// Its paragraphs and items.
    pub blocks: Vec<TextBlock>,
    /// The sections below it.
    pub children: Vec<Section>,
    /// Where it stands, its children aside.
    pub places: Vec<Place>,
    /// The source characters of label, heading and blocks.
    #[serde(skip)]
    pub origin: Origin,
}

/// Whose words a section has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The notice's own.
    Own,
    /// A clause of another notice, quoted to be answered.
    Quoted,
}

/// A section's number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// As printed.
    pub raw: String,
    /// Which series it belongs to.
    pub style: LabelStyle,
    /// Its place in the series, from 1.
    pub value: u32,
}

/// The series of labels of official documents (公用文).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LabelStyle {
    /// 第1.
    Dai,
    /// 1.
    Arabic,
    /// (1).
    Paren,
    /// ア.
    Kana,
    /// (ア).
    ParenKana,
    /// a.
    Latin,
    /// ①.
    Circled,
    /// ・.
    Bullet,
}

/// A quoted title.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// With its quotation marks.
    pub quote: String,
    /// The section that has it; `null`: the preamble.
    pub section: Option<String>,
    /// Where it stands.
    pub places: Vec<Place>,
}

/// A reading set above characters of a section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyRuby {
    /// The characters that the reading belongs to.
    pub base: String,
    /// The reading.
    pub reading: String,
    /// The section that has it.
    pub section: Option<String>,
    /// Where it stands.
    pub places: Vec<Place>,
    /// The source characters of `reading`.
    #[serde(skip)]
    pub origin: Origin,
}

impl Policy {
    /// Every value outside the sections that has source characters of its own.
    pub fn values(&self) -> Vec<&dyn Sourced> {
        let mut values: Vec<&dyn Sourced> = vec![&self.title];
        values.extend(self.issued_on.iter().map(|day| day as &dyn Sourced));
        values.extend(
            self.issuer
                .iter()
                .chain(&self.cosigners)
                .map(|issuer| issuer as &dyn Sourced),
        );
        values.extend(self.ruby.iter().map(|ruby| ruby as &dyn Sourced));
        values.extend(
            self.preamble
                .iter()
                .chain(&self.remarks)
                .map(|text| text as &dyn Sourced),
        );
        values
    }

    /// Every section, each before its children.
    pub fn all_sections(&self) -> Vec<&Section> {
        self.sections
            .iter()
            .flat_map(Section::with_children)
            .collect()
    }
}

impl Section {
    /// This section and all below it, each before its children.
    pub fn with_children(&self) -> Vec<&Section> {
        let below = self.children.iter().flat_map(Section::with_children);
        std::iter::once(self).chain(below).collect()
    }

    /// What it says, as its source has it but for repairs: label, heading, marks and texts.
    pub fn words(&self) -> String {
        let label = self.label.iter().map(|label| label.raw.as_str());
        let blocks = self
            .blocks
            .iter()
            .flat_map(|block| [block.mark.as_deref().unwrap_or_default(), &block.text]);
        label.chain(self.heading.as_deref()).chain(blocks).collect()
    }
}

impl Sourced for Issuer {
    fn raw(&self) -> &str {
        &self.raw
    }
    fn origin(&self) -> &[TextRange] {
        &self.origin
    }
    fn places(&self) -> &[Place] {
        &self.places
    }
}

impl Sourced for PolicyRuby {
    fn raw(&self) -> &str {
        &self.reading
    }
    fn origin(&self) -> &[TextRange] {
        &self.origin
    }
    fn places(&self) -> &[Place] {
        &self.places
    }
}
