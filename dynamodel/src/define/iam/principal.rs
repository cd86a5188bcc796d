//! Who is asking, as IAM knows it.

use crate::key::escape;
use crate::schema::{Form, KeyKind, Spec, TextForm};

/// A value that IAM knows of whoever is asking: what stands in a key in place of a field.
///
/// In a template, characters up to and including `$` (a blank, `#`, …) are written otherwise unless the field is raw, and IAM
/// knows nothing of that: whoever has one of them in the value is refused everything. The values of tags, Cognito identities
/// and IAM's users hold no `#` and no `$`, so that nobody can be taken for another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Principal(Kind);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Kind {
    /// A key of IAM's whose values are known to hold neither `#` nor `$`.
    Known(String),
    /// A key of somebody else's.
    External(String),
    /// Always the same.
    Text(String),
}

impl Principal {
    /// The principal's tag of that name (`${aws:PrincipalTag/user_id}`): of a role, a user or a session.
    pub fn tag(name: impl AsRef<str>) -> Self {
        Self(Kind::Known(format!("aws:PrincipalTag/{}", name.as_ref())))
    }

    /// The identity in Amazon Cognito (`${cognito-identity.amazonaws.com:sub}`).
    pub fn cognito_identity() -> Self {
        Self(Kind::Known("cognito-identity.amazonaws.com:sub".to_owned()))
    }

    /// The IAM user's name (`${aws:username}`).
    pub fn user_name() -> Self {
        Self(Kind::Known("aws:username".to_owned()))
    }

    /// The unique id of the user, or of the role and its session (`${aws:userid}`).
    pub fn user_id() -> Self {
        Self(Kind::Known("aws:userid".to_owned()))
    }

    /// Any other key of a request's context, for example an identity provider's: `auth.example.com:sub`. Who has `#`, `$`,
    /// `*` or `?` in it is refused everything, by a condition.
    pub fn condition_key(key: impl Into<String>) -> Self {
        Self(Kind::External(key.into()))
    }

    /// The same value for everyone, for a policy of one tenant's.
    pub fn text(value: impl Into<String>) -> Self {
        Self(Kind::Text(value.into()))
    }

    /// Whether IAM can read the key.
    pub(super) fn problem(&self) -> Option<String> {
        let key = match &self.0 {
            Kind::Known(key) | Kind::External(key) => key,
            Kind::Text(value) if value.is_empty() => return Some("an empty text belongs to nobody".to_owned()),
            Kind::Text(_) => return None,
        };
        let plain = |c: char| c.is_alphanumeric() || "_.:/=+-@ ".contains(c);
        let named = key.split_once([':', '/']).is_some_and(|(_, name)| !name.is_empty()) && !key.ends_with(['/', ':']);
        (!named || !key.chars().all(plain)).then(|| {
            format!("{key:?} is no key of IAM's: letters, digits and `_.:/=+-@`, as in `aws:PrincipalTag/user_id`")
        })
    }

    /// What stands for the field in a policy, or why nothing can.
    pub(super) fn in_key(&self, form: Form, spec: Option<Spec>) -> Result<String, &'static str> {
        let Some(spec) = spec else {
            return match form.kind {
                KeyKind::S => Ok(self.written(false)),
                KeyKind::N => Err("a number, and IAM compares text"),
                _ => Err("binary, and IAM compares text"),
            };
        };
        match form.text {
            TextForm::Integer { .. } => Err("an integer, whose text in a key has a width that IAM does not know"),
            // As it is in the key: what has another length or other letters matches nothing.
            TextForm::Fixed(_) | TextForm::Text => Ok(self.written(!spec.raw)),
        }
    }

    fn written(&self, escaped: bool) -> String {
        match &self.0 {
            Kind::Known(key) | Kind::External(key) => format!("${{{key}}}"),
            Kind::Text(value) if escaped => {
                let mut text = String::new();
                escape(value, &mut text);
                literal(&text)
            }
            Kind::Text(value) => literal(value),
        }
    }

    /// The key that must hold nothing with a meaning of its own.
    pub(super) fn guarded(&self) -> Option<&str> {
        match &self.0 {
            Kind::External(key) => Some(key),
            Kind::Known(_) | Kind::Text(_) => None,
        }
    }
}

/// Text that IAM takes as it stands.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '*' | '?' | '$' => out.extend(["${", c.encode_utf8(&mut [0; 4]), "}"]),
            c => out.push(c),
        }
    }
    out
}
