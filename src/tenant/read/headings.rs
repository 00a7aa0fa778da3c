//! What people write by hand is told apart by its headings: a tenant, a team, questions.

/// Whether text looks like a tenant written by hand, and not like a team or questions, which are also written by hand.
///
/// ```
/// use licit::tenant::is_by_hand;
/// assert!(is_by_hand("[owned]\nSPE_E3 = 2\n[[account]]\nupn = \"ana@contoso.com\"\n"));
/// assert!(!is_by_hand("[owned]\nSPE_E3 = 2\n[[persona]]\nname = \"Helpdesk\"\n"));
/// ```
pub fn is_by_hand(text: &str) -> bool {
    const OF_A_TENANT: [&str; 6] = [
        "[[account]]",
        "[[person]]",
        "[[group]]",
        "[[service_principal]]",
        "[[assignment]]",
        "[owned]",
    ];
    const OF_OTHERS: [&str; 2] = ["[[persona]]", "[[question]]"];
    let headings = text.lines().map(|line| -> String {
        let letters = line.chars().filter(|letter| !letter.is_whitespace());
        letters.collect()
    });
    let mut is_tenant = false;
    for line in headings {
        if OF_OTHERS.iter().any(|heading| line.starts_with(heading)) {
            return false;
        }
        is_tenant |= OF_A_TENANT.iter().any(|heading| line.starts_with(heading));
    }
    is_tenant
}
