//! The kinds of personal data there are.

/// A kind; the order says which of two equal finds is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A number of a mainland identity card, of 18 or 15 digits.
    CnId,
    /// A mainland mobile number.
    Mobile,
    /// A mainland landline number with its area code.
    Landline,
    /// A number of a bank card.
    BankCard,
    /// An e-mail address.
    Email,
    /// A mainland number plate.
    Plate,
    /// A passport's number, where the text speaks of one.
    Passport,
    /// An address of the internet, version 4.
    Ipv4,
    /// A street with its number and district.
    Address,
}

impl Kind {
    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Kind::CnId => "cn_id",
            Kind::Mobile => "cn_mobile",
            Kind::Landline => "landline",
            Kind::BankCard => "bank_card",
            Kind::Email => "email",
            Kind::Plate => "plate",
            Kind::Passport => "passport",
            Kind::Ipv4 => "ipv4",
            Kind::Address => "address",
        }
    }
}
