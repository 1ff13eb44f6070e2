import Verdict from "./verdict";

export default function Home() {
  return (
    <main>
      <Verdict />
    </main>
  );
}
