//! One thread for work that takes longer than a frame. One piece of work at a time: what is started later matters more.

use super::job::{Latest, Watch};
use super::run::{Application, Happening};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Which piece of work something belongs to.
pub(super) type Ticket = u64;

/// A piece of work on its way to the thread.
struct Order<J> {
    ticket: Ticket,
    job: J,
    cancelled: Arc<AtomicBool>,
    latest: Latest,
}

/// The loop's side of the thread, which starts with the first piece of work.
pub(super) struct Worker<A: Application> {
    tell: Sender<Happening<A::Finished>>,
    orders: Option<Sender<Order<A::Job>>>,
    ticket: Ticket,
    cancelled: Arc<AtomicBool>,
    latest: Latest,
}

impl<A: Application> Worker<A> {
    pub(super) fn new(tell: Sender<Happening<A::Finished>>) -> Self {
        Self {
            tell,
            orders: None,
            ticket: 0,
            cancelled: Arc::default(),
            latest: Latest::default(),
        }
    }

    /// Starts work and cancels what was under way, whose result is not wanted any more.
    pub(super) fn start(&mut self, job: A::Job) -> io::Result<()> {
        self.cancel();
        self.ticket += 1;
        self.cancelled = Arc::default();
        self.latest = Latest::default();
        let order = Order {
            ticket: self.ticket,
            job,
            cancelled: Arc::clone(&self.cancelled),
            latest: self.latest.clone(),
        };
        let orders = match &self.orders {
            Some(orders) => orders,
            None => {
                let (send, receive) = channel();
                let tell = self.tell.clone();
                let working = move || work::<A>(&receive, &tell);
                thread::Builder::new()
                    .name("worker".to_owned())
                    .spawn(working)?;
                self.orders.insert(send)
            }
        };
        orders
            .send(order)
            .map_err(|_| io::Error::other("the worker ended"))
    }

    /// Asks what is under way to stop early.
    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether this is still what is wanted.
    pub(super) fn is_current(&self, ticket: Ticket) -> bool {
        ticket == self.ticket
    }

    /// How far what is under way is, if there is news.
    pub(super) fn progress(&self) -> Option<super::Progress> {
        self.latest.take()
    }
}

fn work<A: Application>(orders: &Receiver<Order<A::Job>>, tell: &Sender<Happening<A::Finished>>) {
    for order in orders {
        let ticket = order.ticket;
        let wake = {
            let tell = tell.clone();
            // When the loop is gone, nobody wants to know.
            move || drop(tell.send(Happening::Progress(ticket)))
        };
        let watch = Watch::new(order.cancelled, order.latest, wake);
        let finished = A::work(order.job, &watch);
        if tell.send(Happening::Done(ticket, finished)).is_err() {
            return;
        }
    }
}
