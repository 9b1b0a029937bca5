# The build needs everything that npm ci installs; what runs, only the dependencies.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3333
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/build ./
# All else belongs to root: the app can only write here, where SQLite's file lies.
RUN mkdir -p storage && chown node:node storage
USER node
VOLUME /app/storage
EXPOSE 3333
# That the process answers; /health/ready also asks for the database and a worker, which no restart brings back.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/server.js"]
