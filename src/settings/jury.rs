//! How the sheet for the jury of a contest looks (`[jury]` of a profile). Its rows come from lists, which serve others too and
//! may hold more.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::Row;
use crate::checks::record::Who;

/// The sheet for a jury.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Jury {
    /// What every member of the jury gives marks for.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// Who is in the jury.
    #[serde(default)]
    pub members: Vec<Members>,
    /// Columns of the table whose numbers decide in the place of marks, the weightiest first.
    #[serde(default)]
    pub inputs: Vec<Row>,
    /// Columns for what is decided in each stage, where there are no marks.
    #[serde(default)]
    pub stages: Vec<Row>,
    /// What is awarded, the highest first.
    #[serde(default)]
    pub awards: Vec<Award>,
    /// Works compete within such groups: regions, nominations.
    pub group: Option<Group>,
    /// Where the author stands.
    pub author: Option<Who>,
    /// Where the school stands.
    pub school: Option<Who>,
    /// Where the kind of school stands, for awards of one kind.
    pub school_kind: Option<Group>,
}

/// What marks are given for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Criterion {
    /// Its names by language.
    pub name: BTreeMap<String, String>,
    /// The lowest mark.
    pub min: i32,
    /// The highest.
    pub max: i32,
}

/// Members of the jury who come from one place.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Members {
    /// Names of the place by language.
    pub name: BTreeMap<String, String>,
    /// How many there are.
    pub members: u32,
}

/// Something that is awarded.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Award {
    /// Its names by language.
    pub name: BTreeMap<String, String>,
    /// How many works get it; none for all that are left.
    pub quota: Option<u32>,
    /// How many works of each group get it.
    pub per_region: Option<u32>,
    /// Only schools of this kind get it, beside the other awards.
    pub school_kind: Option<String>,
}

/// A question that divides works into groups.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Group {
    /// Where the answer stands.
    pub who: Who,
    /// The answers that there are.
    pub values: Vec<Row>,
}
