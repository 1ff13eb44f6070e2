import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import Memory from "./Memory.vue";
import "../../../playground/src/styles/colour.css";
import "./type.css";
import "./site.css";
import "./home.css";

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => void app.component("Memory", Memory),
} satisfies Theme;
