// The script of the page's workers, bundled as a file of its own beside the page's.
import { serve } from "@isopod/browser/serve";
import { everyAbi } from "@isopod/core/spi";

serve(everyAbi());
