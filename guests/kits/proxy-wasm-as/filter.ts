// A filter as the kit @solo-io/proxy-runtime has it written.
export * from "@solo-io/proxy-runtime/proxy"; // what the proxy calls
import { Context, FilterHeadersStatusValues, log, LogLevelValues, registerRootContext, RootContext, stream_context } from "@solo-io/proxy-runtime";

class GreeterRoot extends RootContext {
  createContext(context_id: u32): Context {
    return new Greeter(context_id, this);
  }
}

/** Greets whoever asks, by a header of the response. */
class Greeter extends Context {
  constructor(context_id: u32, root_context: GreeterRoot) {
    super(context_id, root_context);
  }

  onRequestHeaders(count: u32, end_of_stream: bool): FilterHeadersStatusValues {
    log(LogLevelValues.info, "asked for " + stream_context.headers.request.get(":path"));
    return FilterHeadersStatusValues.Continue;
  }

  onResponseHeaders(count: u32, end_of_stream: bool): FilterHeadersStatusValues {
    const configured = this.root_context.getConfiguration();
    stream_context.headers.response.add("x-greeting", configured == "" ? "hello" : configured);
    return FilterHeadersStatusValues.Continue;
  }
}

registerRootContext((context_id: u32) => new GreeterRoot(context_id), "greeter");
