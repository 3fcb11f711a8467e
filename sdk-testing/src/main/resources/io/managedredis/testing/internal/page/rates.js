// How fast counters rise: from one look at the service to the next.

export class Rates {
  #before;
  #perSecond = new Map();

  look(state) {
    const now = { at: state.monotonicMillis, commands: new Map() };
    for (const database of state.databases) {
      for (const region of database.regions) {
        now.commands.set(`${database.id}/${region.code}`, region.commands);
      }
    }
    const millis = this.#before ? now.at - this.#before.at : 0;
    if (this.#before && millis <= 0) {
      return;
    }
    this.#perSecond = new Map();
    for (const [name, commands] of now.commands) {
      const earlier = this.#before?.commands.get(name);
      if (earlier !== undefined && commands >= earlier) {
        this.#perSecond.set(name, ((commands - earlier) * 1000) / millis);
      }
    }
    this.#before = now;
  }

  of(database, region) {
    return this.#perSecond.get(`${database.id}/${region.code}`);
  }

  total(database) {
    const known = database.regions.map((region) => this.of(database, region)).filter((one) => one !== undefined);
    return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0);
  }
}
