//! The accounts of this deployment: each one's platform, its pace and its access token.

use std::collections::HashMap;
use std::sync::Arc;

use super::gate::Gate;
use crate::model::{Scope, Secret, Timestamp};
use crate::platform::{Capabilities, Platform};

/// One bot on one platform.
pub struct Account {
    /// Its name, as in `[[account]]`.
    pub name: String,
    /// Its platform.
    pub platform: Arc<dyn Platform>,
    /// Its budgets, and who waits for them.
    pub gate: Gate,
    /// Its access token. Held over the fetch, so that only one is fetched at a time.
    pub token: tokio::sync::Mutex<Option<HeldToken>>,
}

/// An access token in use.
#[derive(Clone)]
pub struct HeldToken {
    /// The token.
    pub value: Secret,
    /// Fetched anew from this instant on.
    pub fresh_until: Timestamp,
}

/// All accounts by name. Fixed at start.
#[derive(Default)]
pub struct Accounts(HashMap<String, Arc<Account>>);

impl Accounts {
    /// With these platforms; of two with one name the later stands (settings refuse that).
    pub fn new(platforms: Vec<(String, Arc<dyn Platform>)>) -> Self {
        let account = |(name, platform): (String, Arc<dyn Platform>)| {
            let gate = Gate::new(platform.limits()).of(&name);
            let token = tokio::sync::Mutex::default();
            (name.clone(), Arc::new(Account { name, platform, gate, token }))
        };
        Self(platforms.into_iter().map(account).collect())
    }

    /// The account of this name.
    pub fn get(&self, name: &str) -> Option<&Arc<Account>> {
        self.0.get(name)
    }

    /// All of them, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.0.values()
    }

    /// The account through which a scope can be spoken to.
    pub fn of(&self, scope: &Scope) -> Option<&Arc<Account>> {
        self.get(scope.account()?)
    }

    /// What the platform of a scope can do.
    pub fn capabilities(&self, scope: &Scope) -> Option<&Capabilities> {
        self.of(scope).map(|account| account.platform.capabilities())
    }
}
