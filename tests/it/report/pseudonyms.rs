//! A report that travels names nobody: no name, address, object id or employee id of anybody, in no form.

use super::{demo, demo_json, json, written};
use crate::command_line::licit;
use std::collections::BTreeSet;

const FORMS: [&str; 7] = ["text", "json", "ndjson", "csv", "markdown", "junit", "html"];

/// A tenant in which everything that tells who somebody is holds the same sign, in every place where a format has one.
fn canaries() -> Vec<String> {
    let guid = "CA4A41E5-0000-4000-8000-0000000000";
    let users = format!(
        r#"{{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users", "value": [
  {{"id": "{guid}01", "displayName": "Canary One", "userPrincipalName": "canary.one@contoso.example", "mail": "canary@mail.example",
    "employeeId": "canary-77", "onPremisesImmutableId": "canaryImmutable==", "accountEnabled": true, "userType": "Member",
    "assignedLicenses": []}},
  {{"id": "{guid}02", "displayName": "Canary One (admin)", "userPrincipalName": "adm-canary@contoso.example", "employeeId": "canary-77",
    "accountEnabled": true, "userType": "Guest", "assignedLicenses": []}},
  {{"id": 5, "displayName": "Canary Broken"}}]}}"#
    );
    let roles = format!(
        r#"{{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#roleManagement/directory/roleEligibilitySchedules", "value": [
  {{"principalId": "{guid}01", "roleDefinitionId": "729827e3-9c14-49f7-bb1b-9608f156bbb8", "directoryScopeId": "/", "status": "Provisioned",
    "scheduleInfo": {{"startDateTime": "2026-01-01T00:00:00Z", "expiration": {{"type": "noExpiration"}}}}}},
  {{"principalId": "{guid}02", "roleDefinitionId": "729827e3-9c14-49f7-bb1b-9608f156bbb8", "directoryScopeId": "/", "status": "Provisioned",
    "scheduleInfo": {{"startDateTime": "2026-01-01T00:00:00Z", "expiration": {{"type": "noExpiration"}}}}}},
  {{"principalId": "{guid}09", "roleDefinitionId": "729827e3-9c14-49f7-bb1b-9608f156bbb8", "directoryScopeId": "/", "status": "Provisioned",
    "scheduleInfo": {{"startDateTime": "2026-01-01T00:00:00Z", "expiration": {{"type": "noExpiration"}}}}}}]}}"#
    );
    let table = "Role,DisplayName,UserPrincipalName\nRole of Canary One,Canary One,canary.one@contoso.example\n\
                 Helpdesk Administrator,=canary formula,canary.three@contoso.example\n";
    let hand = "[[group]]\nname = \"Canary group\"\neligible = [\"User Administrator\"]\n\
                [[service_principal]]\nname = \"Canary program\"\nroles = [\"Directory Readers\"]\n\
                [[account]]\nupn = \"bg-canary@contoso.onmicrosoft.com\"\nname = \"Break glass canary\"\nroles = [\"Global Administrator\"]\n\
                [[assignment]]\naccount = \"canary.one@contoso.example\"\nrole = \"User Administrator\"\nscope = \"administrative-unit:Unit of Canary One\"\n\
                [[account]]\nupn = 7\n";
    vec![
        written("canary-users.json", &users),
        written("canary-roles.json", &roles),
        written("canary-table.csv", table),
        written("canary-hand.toml", hand),
        written(
            "canary-broken.json",
            "{\"value\": [{\"userPrincipalName\": \"canary.four@contoso.example\"",
        ),
    ]
}

#[test]
fn no_form_names_anybody() {
    let files = canaries();
    let questions = written(
        "canary-questions.toml",
        "[[question]]\nname = \"For canary.one@contoso.example\"\nroles = [\"Helpdesk Administrator\"]\n",
    );
    let ignore = written(
        "canary-ignore.toml",
        "[[ignore]]\nkind = \"emergency-account\"\nperson = \"bg-canary*\"\nreason = \"canary said so\"\n",
    );
    let mut words: Vec<&str> = vec!["audit", "--questions", &questions, "--ignore", &ignore];
    words.extend(files.iter().map(String::as_str));
    let named = licit(&words);
    assert!(
        named.answer.to_lowercase().contains("canary"),
        "{}",
        named.messages
    );
    for form in FORMS {
        let hidden = licit(&[words.as_slice(), &["--format", form, "--pseudonymize"]].concat());
        assert_eq!(hidden.code, named.code);
        for text in [&hidden.answer, &hidden.messages] {
            let text = text.to_lowercase();
            for sign in ["canary", "ca4a41e5", "contoso.example"] {
                let at = text.find(sign);
                let around = at.map(|at| &text[at.saturating_sub(80)..(at + 60).min(text.len())]);
                assert_eq!(around, None, "{form}");
            }
        }
    }
}

#[test]
fn numbers_stay_the_same_and_tell_as_many_apart_as_names() {
    let named = demo_json();
    let hidden = json(&demo(&["--format", "json", "--pseudonymize"]));
    assert_eq!(
        (&named["totals"], named["pseudonymized"].as_bool()),
        (&hidden["totals"], Some(false))
    );
    assert_eq!(hidden["pseudonymized"].as_bool(), Some(true));
    for key in ["people", "rows", "findings"] {
        let distinct = |audit: &serde_json::Value| {
            let list = audit[key].as_array().unwrap().iter();
            let names: BTreeSet<String> = list.map(|one| one["person"].to_string()).collect();
            names.len()
        };
        assert_eq!(distinct(named), distinct(&hidden), "{key}");
    }
    // An id is made of names, and whoever guesses one could tell: numbers stand in their place.
    let ids = |audit: &serde_json::Value| -> BTreeSet<String> {
        super::findings(audit)
            .into_iter()
            .map(|(id, ..)| id)
            .collect()
    };
    assert!(ids(named).is_disjoint(&ids(&hidden)));
    assert_eq!(ids(named).len(), ids(&hidden).len());
}
