// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import './style.css';

createRoot(document.getElementById('room')!).render(<StrictMode><App /></StrictMode>);
