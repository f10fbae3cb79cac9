// What is fetched when somebody wants to run a program on this device.
export { Device, whyNotHere } from "./device.js"
export { showRecorded, tryOut } from "./tryout.js"
