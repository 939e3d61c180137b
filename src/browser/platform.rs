//! What a learning platform gives to packages, so that they start here as they would there. It says yes to everything, and
//! what it is told is written down.

use hyper::{Method, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::server::{OURS, Told};
use crate::facts::FileFacts;
use crate::last_part;

/// The interface of SCORM, as scripts find it in a window.
const SCORM: &str = include_str!("lms.js");

/// The name of the learning record store among the addresses that are ours.
pub(super) const STORE: &str = "xapi/";

/// The platform that an app wants around it. What comes later goes before, if an app has manifests of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Platform {
    /// It is no package.
    None,
    /// One that takes statements at an address, which it tells when it opens a package: xAPI and cmi5.
    Xapi,
    /// One that offers an interface to scripts.
    Scorm,
}

impl Platform {
    /// What the manifests of an app ask for.
    pub(super) fn wanted_by(facts: &FileFacts) -> Platform {
        let entries = facts.bundle.iter().flat_map(|bundle| &bundle.entries);
        let platforms = entries.map(|entry| match last_part(&entry.name) {
            "cmi5.xml" | "tincan.xml" => Platform::Xapi,
            "imsmanifest.xml" => Platform::Scorm,
            _ => Platform::None,
        });
        platforms.max().unwrap_or(Platform::None)
    }

    /// What is put behind the script that is put before every page.
    pub(super) fn script(self) -> &'static str {
        if self == Platform::Scorm { SCORM } else { "" }
    }

    /// What stands behind the address of the start page, for an app of this origin: what the specifications of Tin Can and of
    /// cmi5 call the parameters of a launch.
    pub(super) fn launch(self, origin: &str) -> String {
        if self != Platform::Xapi {
            return String::new();
        }
        let actor = json!({"objectType": "Agent", "name": "Оқушы", "account": {"homePage": origin, "name": "learner"}});
        let (store, activity) = (format!("{origin}{OURS}{STORE}"), format!("{origin}/activity"));
        let parameters = [
            ("endpoint", store.clone()),
            ("auth", "Basic dGVrc2VyOnRla3Nlcg==".to_owned()),
            ("fetch", format!("{store}fetch")),
            ("actor", actor.to_string()),
            ("registration", "6a9c0f5e-3f0b-4d1c-9d54-2f6f3c1b7a10".to_owned()),
            ("activity_id", activity.clone()),
            ("activityId", activity),
        ];
        let parameters =
            parameters.map(|(name, value)| format!("{name}={}", utf8_percent_encode(&value, NON_ALPHANUMERIC)));
        format!("?{}", parameters.join("&"))
    }
}

/// What a learning record store answers, and what it was told. `resource` is the address below the store.
pub(super) fn store(method: &Method, resource: &str, query: &str, body: &[u8]) -> (StatusCode, Value, Vec<Told>) {
    let asks = matches!(*method, Method::GET | Method::HEAD);
    match resource {
        "about" => (StatusCode::OK, json!({"version": ["1.0.3"]}), Vec::new()),
        "fetch" => (StatusCode::OK, json!({"auth-token": "dGVrc2VyOnRla3Nlcg=="}), Vec::new()),
        "statements" if asks => (StatusCode::OK, json!({"statements": [], "more": ""}), Vec::new()),
        "statements" => {
            let statements = match serde_json::from_slice(body) {
                Ok(Value::Array(statements)) => statements,
                Ok(statement) => vec![statement],
                Err(_) => return (StatusCode::BAD_REQUEST, Value::Null, Vec::new()),
            };
            let told = statements.iter().map(said).collect();
            if *method == Method::PUT {
                return (StatusCode::NO_CONTENT, Value::Null, told);
            }
            let ids = statements.iter().map(|statement| statement["id"].clone()).collect();
            (StatusCode::OK, Value::Array(ids), told)
        }
        // What a package of cmi5 has to read before anything else.
        "activities/state" if asks && query.contains("LMS.LaunchData") => {
            let data = json!({"contextTemplate": {}, "launchMode": "Normal", "moveOn": "Completed"});
            (StatusCode::OK, data, Vec::new())
        }
        "agents/profile" if asks && query.contains("cmi5LearnerPreferences") => {
            (StatusCode::OK, json!({"languagePreference": "kk", "audioPreference": "on"}), Vec::new())
        }
        // Nothing was kept yet.
        _ if asks => (StatusCode::NOT_FOUND, Value::Null, Vec::new()),
        _ => (StatusCode::NO_CONTENT, Value::Null, Vec::new()),
    }
}

/// What a statement says was done, and how well.
fn said(statement: &Value) -> Told {
    let verb = statement["verb"]["id"].as_str().unwrap_or_default();
    let verb = last_part(verb.trim_end_matches('/'));
    let score = statement["result"]["score"]["scaled"].as_f64();
    let detail = score.map_or_else(|| verb.to_owned(), |score| format!("{verb} (score {score})"));
    Told::Use { name: "xAPI".to_owned(), detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_told_by_its_verb() {
        let statement =
            br#"[{"verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}, "result": {"score": {"scaled": 0.5}}}]"#;
        let (status, _, told) = store(&Method::POST, "statements", "", statement);
        assert_eq!(status, StatusCode::OK);
        assert!(matches!(&*told, [Told::Use { detail, .. }] if detail == "passed (score 0.5)"), "{told:?}");
        let (status, ..) = store(&Method::PUT, "statements", "", b"{");
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }

    #[test]
    fn a_package_of_cmi5_learns_how_it_was_launched() {
        let (status, data, _) = store(&Method::GET, "activities/state", "stateId=LMS.LaunchData&agent=x", b"");
        assert_eq!((status, &data["launchMode"]), (StatusCode::OK, &json!("Normal")));
        assert!(Platform::Xapi.launch("http://127.0.0.1:4").contains("fetch=http%3A%2F%2F127%2E0%2E0%2E1"));
        assert_eq!(Platform::Scorm.launch("http://127.0.0.1:4"), "");
    }
}
