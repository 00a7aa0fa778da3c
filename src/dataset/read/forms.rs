//! Values that are written as text and follow a form of their own: ids, money, GUIDs and addresses.

use super::value::Value;
use crate::dataset::place::Placed;
use crate::model::{Code, Currency, Guid, Money, Text, clean};

impl Value<'_> {
    /// A new id of our own; `colons` is how many colons it may have.
    pub fn own_id(self, colons: usize) -> Option<Placed<String>> {
        let id = self.reference()?;
        let allowed = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-')
        };
        let fits = id.value.bytes().all(|byte| allowed(byte) || byte == b':')
            && id.value.matches(':').count() <= colons
            && !id.value.starts_with(':')
            && !id.value.ends_with(':');
        if !fits {
            let title = format!("`{}` cannot be an id", id.value);
            let label = if colons == 0 {
                "only lower case letters, digits, `.` and `-`"
            } else {
                "only lower case letters, digits, `.`, `-` and one `:` after the authority"
            };
            self.problem::<()>(Code::BadId, title, label, None);
        }
        // Kept all the same: references to it are not also wrong.
        Some(id)
    }

    /// An id of the vendor's, as it is.
    pub fn vendor_id(self) -> Option<Placed<String>> {
        let id = self.reference()?;
        let fits = id
            .value
            .bytes()
            .all(|byte| (byte.is_ascii_graphic() || byte == b' ') && !matches!(byte, b':' | b'"'));
        if !fits {
            let title = format!("`{}` cannot be an id", id.value);
            self.problem::<()>(
                Code::BadId,
                title,
                "only visible ASCII characters and blanks, without `:` and `\"`",
                None,
            );
        }
        Some(id)
    }

    /// An amount of money, in quotes: a number with a fraction is not exact.
    pub fn money(self) -> Option<Placed<Money>> {
        let typed = self.string("an amount in quotes, like \"9.00\"")?;
        match Money::parse(typed) {
            Some(money) => Some(self.placed(money)),
            None => self.problem(
                Code::BadMoney,
                format!("`{}` is no amount", clean(typed).text),
                "expected digits, a point and two digits, like \"9.00\"",
                None,
            ),
        }
    }

    /// A currency.
    pub fn currency(self) -> Option<Placed<Currency>> {
        let typed = self.string("a currency, like \"USD\"")?;
        match Currency::parse(typed) {
            Some(currency) => Some(self.placed(currency)),
            None => self.problem(
                Code::BadMoney,
                format!("`{}` is no currency", clean(typed).text),
                "expected three capital letters, like \"USD\"",
                None,
            ),
        }
    }

    /// A GUID.
    pub fn guid(self) -> Option<Placed<Guid>> {
        let typed = self.string("a GUID in quotes")?;
        match Guid::parse(typed) {
            Some(guid) => Some(self.placed(guid)),
            None => self.problem(
                Code::BadGuid,
                format!("`{}` is no GUID", clean(typed).text),
                "expected 32 hexadecimal digits in groups of 8-4-4-4-12",
                None,
            ),
        }
    }

    /// An address that a reader may open: http or https, with a host and without a user name.
    pub fn url(self) -> Option<Placed<Text>> {
        let url = self.text()?;
        let rest = ["https://", "http://"]
            .iter()
            .find_map(|scheme| url.value.strip_prefix(scheme));
        let host = rest.map(|rest| rest.split(['/', '?', '#', '\\']).next().unwrap_or(""));
        let why = match host {
            None => "expected https:// or http://",
            Some("") => "names no host",
            Some(host) if host.contains('@') => {
                "a user name could hide the true host; leave it out"
            }
            Some(_) if url.value.contains(char::is_whitespace) => "has a blank in it; write %20",
            Some(_) => return Some(url),
        };
        self.problem(
            Code::BadUrl,
            format!("`{}` is no address to open", url.value),
            why,
            None,
        )
    }
}
