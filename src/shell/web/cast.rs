//! Who and where on the playground: sample members and conversations. The page is never trusted for
//! a name.

use crate::model::{ConversationId, Lang, PersonId, Scope};

/// The playground's people and places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// The playground's account.
    pub account: String,
    /// Who can speak.
    pub members: Vec<Member>,
    /// Groups first, then a direct chat with the bot for every member.
    pub conversations: Vec<Conversation>,
}

/// Somebody who can speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Their id on the playground.
    pub id: String,
    /// Their display name: one word, so that `@name` ends where it should.
    pub name: String,
    /// Shown as an admin; the rights themselves are the settings'.
    pub admin: bool,
}

/// Somewhere to speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Its id on the playground.
    pub id: String,
    /// Its title; empty in direct chats.
    pub title: String,
    /// In a direct chat with the bot: whose.
    pub whose: Option<String>,
}

impl Cast {
    /// Four members, the last of them admin, two groups and a direct chat each.
    pub fn sample(account: &str, lang: Lang) -> Self {
        let (names, titles) = match lang {
            Lang::Zh => (["李雷", "韩梅梅", "王芳", "陈经理"], ["项目群", "售后群"]),
            Lang::En => (["Alice", "Ben", "Carol", "Dana"], ["Project", "Support"]),
        };
        let members: Vec<Member> = (["lilei", "hanmeimei", "wangfang", "chen"].into_iter())
            .zip(names)
            .map(|(id, name)| Member { id: id.into(), name: name.into(), admin: id == "chen" })
            .collect();
        let groups = ["project", "support"]
            .into_iter()
            .zip(titles)
            .map(|(id, title)| Conversation { id: id.into(), title: title.into(), whose: None });
        let direct = members.iter().map(|member| Conversation {
            id: format!("direct-{}", member.id),
            title: String::new(),
            whose: Some(member.id.clone()),
        });
        let conversations = groups.chain(direct).collect();
        Self { account: account.into(), members, conversations }
    }

    /// The people to be admins from the start, for the settings.
    pub fn admins(&self) -> Vec<PersonId> {
        self.members.iter().filter(|m| m.admin).map(|m| self.person(&m.id)).collect()
    }

    /// The member of this id.
    pub fn member(&self, id: &str) -> Option<&Member> {
        self.members.iter().find(|m| m.id == id)
    }

    /// The conversation of this id.
    pub fn conversation(&self, id: &str) -> Option<&Conversation> {
        self.conversations.iter().find(|c| c.id == id)
    }

    /// The scope a conversation is.
    pub fn scope(&self, conversation: &Conversation) -> Scope {
        match &conversation.whose {
            Some(member) => Scope::Person(self.person(member)),
            None => Scope::Conversation(ConversationId {
                account: self.account.clone(),
                id: conversation.id.clone(),
            }),
        }
    }

    /// The conversation that is this scope, if it is on the playground.
    pub fn at(&self, scope: &Scope) -> Option<&Conversation> {
        self.conversations.iter().find(|c| self.scope(c) == *scope)
    }

    /// The members that a text @-s, once each, in order; of several names that fit, the longest.
    pub fn mentioned(&self, text: &str) -> Vec<&Member> {
        let mut found: Vec<&Member> = Vec::new();
        for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '@' | '＠')) {
            let after = &text[at + sign.len_utf8()..];
            let fits = self.members.iter().filter(|m| after.starts_with(m.name.as_str()));
            if let Some(member) = fits.max_by_key(|m| m.name.len())
                && !found.contains(&member)
            {
                found.push(member);
            }
        }
        found
    }

    fn person(&self, id: &str) -> PersonId {
        PersonId { account: self.account.clone(), id: id.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_found_by_their_names_in_order_and_once() {
        let cast = Cast::sample("play", Lang::Zh);
        let found = cast.mentioned("@管家 任务 写周报 @韩梅梅 ＠李雷 @韩梅梅 a@b.cn");
        let names: Vec<_> = found.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["韩梅梅", "李雷"]);
    }

    #[test]
    fn every_conversation_is_found_by_its_scope() {
        let cast = Cast::sample("play", Lang::En);
        for conversation in &cast.conversations {
            assert_eq!(cast.at(&cast.scope(conversation)), Some(conversation));
        }
    }
}
