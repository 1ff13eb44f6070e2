await navigator.serviceWorker.register("/sw.js", { type: "module" });
if (!navigator.serviceWorker.controller) {
  await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
}
document.querySelector("output").textContent = await (await fetch("/validate")).text();
