//! The whole bot put together: store, core, platforms and shell, in the order in which they need
//! one another. It reads no settings itself: `cli` and tests hand them in.

mod claim;
mod error;
mod listen;
pub mod platforms;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::command::{Catalogue, Word};
use crate::core::{Core, commands};
use crate::model::Settings;
use crate::platform::Platform;
use crate::shell::accounts::Accounts;
use crate::shell::alive;
use crate::shell::bell::Alarm;
use crate::shell::clock::{Clock, Stopwatch};
use crate::shell::committer::Committer;
use crate::shell::door::PlayDoor;
use crate::shell::eraser::Eraser;
use crate::shell::exporter::folder::Folder;
use crate::shell::exporter::{self, Exporter};
use crate::shell::fatal::Fatal;
use crate::shell::http::{self, Server};
use crate::shell::indexer::Indexer;
use crate::shell::links::{self, Links};
use crate::shell::metrics::Metrics;
use crate::shell::outbox::{Deliver, Ledger, Outbox, Sender};
use crate::shell::ticker::{self, Ticker};
use crate::shell::transport::Transport;
use crate::shell::tray::Tray;
use crate::shell::web::{self, Cast, Hub, PlayState};
use crate::shell::worker::{Told, Turns, Worker};
use crate::store::{self, Fault, KeyHasher, Kind, Master, Opened, Position, Store};

pub use error::StartError;

/// How long a stop waits for what is under way, all parts together.
const STOP_MAX: Duration = Duration::from_secs(10);

/// What a bot is made of.
pub struct AppConfig {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Engine of the store.
    pub store: Kind,
    /// Folder of the data; unused by the memory engine.
    pub path: PathBuf,
    /// What seals the data.
    pub master: Master,
    /// What decisions depend on.
    pub settings: Settings,
    /// Every account's name and platform.
    pub platforms: Vec<(String, Arc<dyn Platform>)>,
    /// The playground account whose page is served under `/play`; only while listening on this
    /// machine alone.
    pub page: Option<String>,
    /// What happens when the store fails.
    pub fatal: Fatal,
}

impl AppConfig {
    /// Whether the page, if there is one, is this machine's alone and its account there. Asked
    /// before anything runs: what must not start must not have sent anything.
    pub fn check_page(&self) -> Result<(), StartError> {
        let Some(page) = &self.page else { return Ok(()) };
        if !self.listen.ip().is_loopback() {
            return Err(StartError::OpenPage(self.listen));
        }
        let known = self.platforms.iter().any(|(name, _)| name == page);
        if known { Ok(()) } else { Err(StartError::NoPage(page.clone())) }
    }
}

/// A bot; see [`App::start`].
pub struct App;

/// A running bot. Dropping it without [`Running::stop`] is like a crash: nothing accepted is lost.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// The code that makes its first user an admin, if nobody is one yet.
    pub claim_code: Option<String>,
    /// What time it is for the bot.
    pub clock: Arc<Clock>,
    /// Where its data is.
    pub store: Arc<dyn Store>,
    server: Server,
    links: Links,
    state: Arc<http::State>,
    hub: Arc<Hub>,
    ticker: Arc<Ticker>,
    worker: Arc<Worker>,
    outbox: Outbox,
    committer: Arc<Committer>,
    indexer: Option<Arc<Indexer>>,
    eraser: Eraser,
    exporter: Exporter,
}

/// What later parts need of the earlier ones.
struct Base {
    store: Arc<dyn Store>,
    clock: Arc<Clock>,
    accounts: Arc<Accounts>,
    metrics: Arc<Metrics>,
    committer: Arc<Committer>,
    tray: Arc<Tray>,
    alarm: Arc<Alarm>,
    exports: Arc<Alarm>,
    hub: Arc<Hub>,
    transport: Transport,
    fatal: Fatal,
}

impl App {
    /// Starts a bot within the present tokio runtime. What a former process left is sent first.
    pub async fn start(mut config: AppConfig) -> Result<Running, StartError> {
        config.check_page()?;
        let Opened { store, keys } = store::open(config.store, &config.path, &config.master)?;
        let catalogue = Catalogue::read(&commands::files()).map_err(StartError::Commands)?;
        let claim_code = claim::code(&*store, &keys, &mut config.settings)?;
        // Bound before anything runs: an address in use must not have sent anything.
        let listener = bind(config.listen).await?;
        listen::name_the_port(&mut config.settings.public_url, config.listen, &listener)?;
        let base = Base::new(store, config.platforms, config.fatal)?;
        alive::begin(&*base.store, base.clock.now())?;
        let indexer = match config.store {
            Kind::Memory => None,
            Kind::Sled => Some(base.indexer(config.path.clone(), keys.clone())?),
        };
        let exports = Folder::of(config.store, config.path)?;
        let (words, settings) = (catalogue.words().into(), config.settings.clone());
        let core = Core { settings: config.settings, catalogue };
        let worker = Arc::new(base.worker(core, keys.clone(), indexer.clone())?);
        // Before anything can make a turn: what is found to send is what was left.
        let outbox = base.outbox(&worker)?;
        let ticker = Arc::new(base.ticker(&worker)?);
        let exporter = base.exporter(&worker, keys.clone(), exports.clone(), settings.zone)?;
        let state = Arc::new(http::State {
            accounts: Arc::clone(&base.accounts),
            clock: Arc::clone(&base.clock),
            worker: Arc::clone(&worker),
            metrics: Arc::clone(&base.metrics),
            store: Arc::clone(&base.store),
            keys,
            room: Semaphore::new(http::ROOM_KIB),
            replays: http::Replays::default(),
            exports,
            downloads: Arc::new(Semaphore::new(http::DOWNLOADS_MAX)),
            uploads: Arc::new(Semaphore::new(http::UPLOADS_MAX)),
            zone: settings.zone,
            looks: Arc::new(Semaphore::new(http::LOOKS_MAX)),
            committer: Arc::clone(&base.committer),
            public_url: settings.public_url.clone(),
            stopping: AtomicBool::new(false),
        });
        let mut routes = http::routes(Arc::clone(&state));
        if let Some(name) = config.page {
            let door = base.door(&name, &worker, &ticker)?;
            routes = routes.merge(page(&name, door, Arc::clone(&base.hub), words, &settings));
        }
        let server = Server::start(listener, routes)?;
        let links = base.links(&worker)?;
        let Base { store, clock, committer, hub, .. } = base;
        let eraser = Eraser::start(Arc::clone(&store), indexer.clone(), Arc::clone(&clock))?;
        let addr = server.addr;
        tracing::info!(%addr, "listening on {addr}");
        Ok(Running {
            addr,
            claim_code,
            clock,
            store,
            server,
            links,
            state,
            hub,
            ticker,
            worker,
            outbox,
            committer,
            indexer,
            eraser,
            exporter,
        })
    }
}

impl Running {
    /// Stops: nothing more is accepted, what is under way is finished, what waits stays in the
    /// store. At most `STOP_MAX` and a flush; no accepted event is lost, no answer is cut in half.
    pub async fn stop(self) {
        let watch = Stopwatch::start();
        self.state.stopping.store(true, Ordering::SeqCst);
        self.hub.close();
        let (server, links) = (self.server, self.links);
        let left = watch.left_of(STOP_MAX);
        tokio::join!(server.stop(left), links.stop(left));
        self.worker.close();
        let (ticker, worker) = (Arc::clone(&self.ticker), Arc::clone(&self.worker));
        let exporter = self.exporter;
        blocking(move || {
            exporter.stop();
            ticker.stop();
            worker.wait_quiet(watch.left_of(STOP_MAX));
        })
        .await;
        // What those turns said is handed over once it is durable; an error says that it never is.
        let _ = self.committer.durable(self.worker.last()).await;
        self.outbox.stop(watch.left_of(STOP_MAX)).await;
        let (worker, committer, store) = (self.worker, self.committer, self.store);
        let (indexer, eraser) = (self.indexer, self.eraser);
        blocking(move || {
            worker.stop();
            // The indexer first: the eraser may wait for it.
            indexer.iter().for_each(|indexer| indexer.stop());
            eraser.stop();
            committer.stop();
            // What nobody waited for; a fault means no more than a crash would.
            let _ = store.sync(Position(u64::MAX));
        })
        .await;
    }
}

impl Base {
    fn new(
        store: Arc<dyn Store>,
        platforms: Vec<(String, Arc<dyn Platform>)>,
        fatal: Fatal,
    ) -> Result<Self, StartError> {
        let clock = Arc::new(Clock::load(&*store)?);
        let committer = Arc::new(Committer::start(Arc::clone(&store), Arc::clone(&fatal))?);
        let floor = u64::try_from(clock.now().0).unwrap_or(0);
        let transport = Transport::new(Arc::clone(&clock))?;
        Ok(Self {
            store,
            clock,
            transport,
            accounts: Arc::new(Accounts::new(platforms)),
            metrics: Arc::default(),
            committer,
            tray: Arc::default(),
            alarm: Arc::default(),
            exports: Arc::default(),
            hub: Arc::new(Hub::new(floor)),
            fatal,
        })
    }

    fn indexer(&self, data: PathBuf, keys: KeyHasher) -> Result<Arc<Indexer>, Fault> {
        let started = Indexer::start(data, Arc::clone(&self.store), keys, &self.clock);
        started.map(Arc::new)
    }

    fn worker(
        &self,
        core: Core,
        keys: KeyHasher,
        index: Option<Arc<Indexer>>,
    ) -> std::io::Result<Worker> {
        let (store, clock) = (Arc::clone(&self.store), Arc::clone(&self.clock));
        let (accounts, metrics) = (Arc::clone(&self.accounts), Arc::clone(&self.metrics));
        let told = Told {
            committer: Arc::clone(&self.committer),
            outbox: Arc::clone(&self.tray),
            ticker: Arc::clone(&self.alarm),
            fatal: Arc::clone(&self.fatal),
        };
        let turns = Turns::new(core, store, keys, clock, accounts, metrics);
        Worker::start(turns.indexed(index).exporting(Arc::clone(&self.exports)), told)
    }

    fn exporter(
        &self,
        worker: &Arc<Worker>,
        keys: KeyHasher,
        folder: Folder,
        zone: chrono_tz::Tz,
    ) -> std::io::Result<Exporter> {
        Exporter::start(exporter::Parts {
            store: Arc::clone(&self.store),
            keys,
            clock: Arc::clone(&self.clock),
            worker: Arc::clone(worker),
            alarm: Arc::clone(&self.exports),
            folder,
            zone,
        })
    }

    fn ticker(&self, worker: &Arc<Worker>) -> std::io::Result<Ticker> {
        Ticker::start(ticker::Parts {
            store: Arc::clone(&self.store),
            clock: Arc::clone(&self.clock),
            worker: Arc::clone(worker),
            committer: Arc::clone(&self.committer),
            alarm: Arc::clone(&self.alarm),
            outbox: Arc::clone(&self.tray),
            fatal: Arc::clone(&self.fatal),
        })
    }

    fn outbox(&self, worker: &Arc<Worker>) -> Result<Outbox, StartError> {
        let (store, clock) = (Arc::clone(&self.store), Arc::clone(&self.clock));
        let (committer, fatal) = (Arc::clone(&self.committer), Arc::clone(&self.fatal));
        let ledger = Ledger::start(store, Arc::clone(&clock), committer, fatal)?;
        let transport = self.transport.clone();
        let sender = Sender {
            store: Arc::clone(&self.store),
            accounts: Arc::clone(&self.accounts),
            deliver: Deliver::new(transport, Arc::clone(&self.hub), clock),
            ledger,
            worker: Arc::clone(worker),
            metrics: Arc::clone(&self.metrics),
            fatal: Arc::clone(&self.fatal),
        };
        Ok(Outbox::start(sender, Arc::clone(&self.tray))?)
    }

    fn links(&self, worker: &Arc<Worker>) -> Result<Links, rustls::Error> {
        Links::start(&links::Parts {
            accounts: Arc::clone(&self.accounts),
            worker: Arc::clone(worker),
            clock: Arc::clone(&self.clock),
            metrics: Arc::clone(&self.metrics),
            transport: self.transport.clone(),
        })
    }

    fn door(
        &self,
        name: &str,
        worker: &Arc<Worker>,
        ticker: &Arc<Ticker>,
    ) -> Result<PlayDoor, StartError> {
        let account = self.accounts.get(name).cloned();
        let account = account.ok_or_else(|| StartError::NoPage(name.to_owned()))?;
        let (clock, worker) = (Arc::clone(&self.clock), Arc::clone(worker));
        Ok(PlayDoor::new(account, clock, worker, Arc::clone(ticker)))
    }
}

fn page(
    account: &str,
    door: PlayDoor,
    hub: Arc<Hub>,
    words: Arc<[Word]>,
    settings: &Settings,
) -> Router {
    web::routes(PlayState {
        door: Arc::new(door),
        hub,
        cast: Arc::new(Cast::sample(account, settings.lang)),
        words,
        bot_name: settings.name.as_str().into(),
        zone: settings.zone,
        lang: settings.lang,
    })
}

async fn bind(addr: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(addr).await.map_err(|error| StartError::Listen { addr, error })
}

/// Stopping threads blocks; an error means that the closure panicked, which the hook has logged.
async fn blocking(stop: impl FnOnce() + Send + 'static) {
    let _ = tokio::task::spawn_blocking(stop).await;
}
